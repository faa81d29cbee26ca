import type { RequestKind } from '../../../shared/domain/request.ts';
import { actionUpdate } from './action-update.ts';
import { attendance } from './attendance.ts';
import { boardAnswers } from './board-answers.ts';
import { chairsSummary } from './chairs-summary.ts';
import type { AnswerKind } from './kind.ts';
import { meetingDate } from './meeting-date.ts';
import { minutes } from './minutes.ts';
import { reportReceipt } from './report-receipt.ts';
import { representatives } from './representatives.ts';
import { returnSignOff } from './return-signoff.ts';
import { groupReturn } from './return.ts';

/** Every kind of request has a page: a new one without does not compile. */
export const answerKinds: Readonly<Record<RequestKind, AnswerKind>> = {
  minutes,
  'meeting-date': meetingDate,
  attendance,
  return: groupReturn,
  'return-signoff': returnSignOff,
  'chairs-summary': chairsSummary,
  representatives,
  'action-update': actionUpdate,
  'board-answers': boardAnswers,
  'report-receipt': reportReceipt,
};
