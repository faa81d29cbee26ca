import type { TaskName } from '../../statemachines/load.ts';
import { sendChairsPack } from './chairs.ts';
import { sendPack } from './lcpg-pack.ts';
import { awaitMoment, inviteMembers, remindMembers } from './meetings.ts';
import { distributeMinutes, passOnBoardAnswers } from './minutes.ts';
import { closeCycle, openCycle } from './opening.ts';
import { compileReport } from './report.ts';
import { awaitAnswer, followUpRequest, openRequestTask } from './requests.ts';
import { shareReturn } from './returns.ts';
import { recordStoppedPart } from './stopped.ts';
import type { AnyTask } from './task.ts';

/** The task of each function that the machines call. */
export const tasks: Readonly<Record<TaskName, AnyTask>> = {
  'open-cycle': openCycle,
  'invite-members': inviteMembers,
  'await-moment': awaitMoment,
  'remind-members': remindMembers,
  'send-pack': sendPack,
  'share-return': shareReturn,
  'record-stopped-part': recordStoppedPart,
  'distribute-minutes': distributeMinutes,
  'pass-on-board-answers': passOnBoardAnswers,
  'send-chairs-pack': sendChairsPack,
  'compile-report': compileReport,
  'close-cycle': closeCycle,
  'open-request': openRequestTask,
  'await-answer': awaitAnswer,
  'follow-up-request': followUpRequest,
};
