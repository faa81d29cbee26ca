import type { GroupStep, NextEvent, StepState } from '../../../shared/domain/progress.ts';
import type { RequestKind } from '../../../shared/domain/request.ts';

/** What is asked for, as a table names it. */
export const kindNames: Readonly<Record<RequestKind, string>> = {
  minutes: 'Minutes',
  'meeting-date': 'Meeting date',
  attendance: 'Answer to the invitation',
  return: 'Return',
  'return-signoff': 'Signature of the return',
  'chairs-summary': 'Chairs Group summary',
  representatives: 'Representatives',
  'action-update': 'Action update',
  'board-answers': 'Answers of the board',
  'report-receipt': 'Receipt of the report',
};

export const stepNames: Readonly<Record<GroupStep, string>> = {
  date: 'Date',
  invitations: 'Invitations',
  pack: 'Pack',
  meeting: 'Meeting',
  return: 'Return',
  signature: 'Signature',
};

export const stateNames: Readonly<Record<StepState, string>> = {
  done: 'done',
  current: 'now',
  'to-come': 'to come',
  missed: 'missed',
  skipped: 'no meeting',
};

export const eventNames: Readonly<Record<NextEvent['what'], string>> = {
  'attendance-reminder': 'reminder to those who have not answered the invitation',
  pack: 'pack to the members',
  meeting: 'meeting',
  'return-due': 'return is due',
  reminder: 'reminder',
  escalation: 'somebody else is told that it is missing',
  expiry: 'we stop waiting',
};
