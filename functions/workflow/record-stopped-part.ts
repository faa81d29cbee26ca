import { recordStoppedPart } from '../../shared/stages/stopped.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(recordStoppedPart);
