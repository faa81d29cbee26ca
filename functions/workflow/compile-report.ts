import { compileReport } from '../../shared/stages/report.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(compileReport);
