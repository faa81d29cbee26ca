import { closeCycle } from '../../shared/stages/opening.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(closeCycle);
