import { inviteMembers } from '../../shared/stages/meetings.ts';
import { taskHandler } from '../task-handler.ts';

export const handler = taskHandler(inviteMembers);
