import { awaitAnswer } from '../../shared/stages/requests.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(awaitAnswer);
