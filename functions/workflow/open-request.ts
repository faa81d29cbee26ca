import { openRequestTask } from '../../shared/stages/requests.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(openRequestTask);
