import { sendChairsPack } from '../../shared/stages/chairs.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(sendChairsPack);
