import type { StageDraft } from './schema.ts';

/**
 * A configuration for a local AWS, which has one account, no DNS, and no email to receive.
 * @param clock of a rehearsal that is to run fast
 */
export const localDraft = (draft: StageDraft, clock: StageDraft['clock']): StageDraft => ({
  ...draft,
  account: '000000000000',
  receivesMail: false,
  web: null,
  // It does not wake a machine whose time has come, so the sweep does so at once.
  sweepGraceSeconds: 0,
  clock,
});
