import type { StageDraft } from './schema.ts';

/** The deployment that the members use. Fill in what is undefined; RUNBOOK.md says how, under "Deploying". */
export const production: StageDraft = {
  stage: 'production',
  account: undefined,
  region: 'eu-west-2',
  partnerships: undefined,
  mailDomain: undefined,
  // SES receives email in some regions only, see RUNBOOK.md.
  receivesMail: undefined,
  replyDomains: undefined,
  web: null,
  administrator: undefined,
  logRetentionDays: 365,
  incomingMailDays: 180,
  oldVersionDays: 365,
  requestsPerSecond: 50,
  sweepGraceSeconds: 900,
  clock: null,
};
