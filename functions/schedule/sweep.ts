import { sweep } from '../../shared/stages/sweep.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(sweep, { code: 'SWEPT' });
