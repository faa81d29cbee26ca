import type { StageDraft } from './schema.ts';

/** A deployment to try things on: no real people, and a clock that may run fast. */
export const rehearsal: StageDraft = {
  stage: 'rehearsal',
  // Made up; fill in an account of yours before you deploy to AWS.
  account: '000000000000',
  region: 'eu-west-2',
  partnerships: [{ id: 'kent', sender: 'lcpg@kent.example.org' }],
  mailDomain: 'kent.example.org',
  receivesMail: false,
  replyDomains: ['reply.kent.example.org'],
  web: null,
  administrator: 'administrator@kent.example.org',
  logRetentionDays: 7,
  incomingMailDays: 30,
  oldVersionDays: 30,
  requestsPerSecond: 50,
  sweepGraceSeconds: 900,
  clock: null,
};
