import { shareReturn } from '../../shared/stages/returns.ts';
import { pressOf } from '../press.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(shareReturn, { press: pressOf });
