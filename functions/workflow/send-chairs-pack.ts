import { sendChairsPack } from '../../shared/stages/chairs.ts';
import { pressOf } from '../press.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(sendChairsPack, { press: pressOf });
