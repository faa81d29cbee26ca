import type { StageDraft } from './schema.ts';

/** The deployment on which a release is tried before it reaches the members. */
export const staging: StageDraft = {
  stage: 'staging',
  account: undefined,
  region: 'eu-west-2',
  partnerships: undefined,
  mailDomain: undefined,
  // SES receives email in some regions only, see RUNBOOK.md.
  receivesMail: undefined,
  replyDomains: undefined,
  web: null,
  administrator: undefined,
  logRetentionDays: 30,
  incomingMailDays: 30,
  oldVersionDays: 30,
  requestsPerSecond: 50,
  sweepGraceSeconds: 900,
  clock: null,
};
