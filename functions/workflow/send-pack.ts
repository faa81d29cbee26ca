import { sendPack } from '../../shared/stages/lcpg-pack.ts';
import { pressOf } from '../press.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(sendPack, { press: pressOf });
