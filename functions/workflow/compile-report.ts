import { compileReport } from '../../shared/stages/report.ts';
import { pressOf } from '../press.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(compileReport, { press: pressOf });
