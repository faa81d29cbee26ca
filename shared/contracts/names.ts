import type { Look } from './sweep-hours.ts';

/** How the things of a deployment are called: the stacks, the functions and the command line know them by name. */
export const nameOf = (stage: string, thing: string): string => `lcpg-${stage}-${thing}`;

/** Execution of a cycle's machine: a cycle that is started twice is one cycle. */
export const cycleExecution = (partnership: string, cycle: string): string => `${partnership}-${cycle}`;

/** Execution of an LCPG's part of a cycle, as the cycle's machine names it. */
export const groupExecution = (partnership: string, cycle: string, group: string): string =>
  `${cycleExecution(partnership, cycle)}-${group}`;

/** What a run of its own follows from: a return handed in, signed or sent back when nobody waited for it any longer. */
export type RunAfter = 'submitted' | 'signed' | 'sent-back';

/** Execution of a part of an LCPG's machine by itself. */
export const runExecution = (
  partnership: string,
  cycle: string,
  group: string,
  version: number,
  after: RunAfter,
): string =>
  `${groupExecution(partnership, cycle, group)}-version-${String(version)}${after === 'submitted' ? '' : `-${after}`}`;

/** Schedule that starts a cycle. */
export const startScheduleName = (partnership: string, cycle: string): string =>
  `start-${partnership}-${cycle}`;

/** Schedule of a sweep of a partnership. */
export const sweepScheduleName = (stage: string, partnership: string, look: Look): string =>
  nameOf(stage, `${look === 'due' ? 'sweep' : 'sweep-all'}-${partnership}`);

/** The longest name that Step Functions takes for an execution, and EventBridge Scheduler for a schedule. */
const longestExecutionName = 80;
const longestScheduleName = 64;

/** Signs that the name of a stage may have. */
export const longestStage = 16;
export const isStage = (text: string): boolean =>
  /^[a-z][a-z0-9]+$/.test(text) && text.length <= longestStage;

const someCycle = '2026-09-16';
const someStage = 's'.repeat(longestStage);

/** Signs that the id of a partnership may have, so that each schedule can be named after it. */
export const longestPartnershipId =
  longestScheduleName -
  Math.max(startScheduleName('', someCycle).length, sweepScheduleName(someStage, '', 'everything').length);

/** Signs that the id of a group of a partnership may have, so that each execution can be named after both. */
export const longestGroupId = (partnership: string): number =>
  longestExecutionName - runExecution(partnership, someCycle, '', 999, 'sent-back').length;
