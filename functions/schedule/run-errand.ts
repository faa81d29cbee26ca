import { runErrand } from '../../shared/stages/errands.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(runErrand);
