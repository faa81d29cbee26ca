import { passOnBoardAnswers } from '../../shared/stages/minutes.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(passOnBoardAnswers);
