import { startCycle } from '../../shared/stages/opening.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(startCycle, { code: 'CYCLE_STARTED' });
