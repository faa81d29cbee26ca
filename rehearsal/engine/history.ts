import type { TaskPlan } from './compile.ts';

/*
 * The events that AWS writes into an execution's history, of which one execution may have 25,000. Besides those below:
 * - every state entered: `…StateEntered`, and left, also by its Catch: `…StateExited`. A Fail state is only entered, and
 *   so is a state whose failure nothing catches;
 * - an execution's `ExecutionStarted` and its end, whichever way;
 * - a state stopped with its execution or because another branch failed: `…StateAborted`.
 */

/** The events of one attempt at a state's work: a Retry adds them again. */
interface AttemptEvents {
  readonly begins: readonly string[];
  /** When the service has taken the work, and the state goes on waiting for its end. */
  readonly submitted: readonly string[];
  /** Success, failure and timeout alike. */
  readonly ends: readonly string[];
}

/** Only the optimised integrations write `TaskScheduled`; with a bare function ARN it would be `LambdaFunctionScheduled`. */
export const attemptEvents: Readonly<Record<TaskPlan['kind'], AttemptEvents>> = {
  lambda: { begins: ['TaskScheduled', 'TaskStarted'], submitted: [], ends: ['TaskSucceeded'] },
  lambdaWithToken: {
    begins: ['TaskScheduled', 'TaskStarted'],
    submitted: ['TaskSubmitted'],
    ends: ['TaskSucceeded'],
  },
  childExecution: {
    begins: ['TaskScheduled', 'TaskStarted'],
    submitted: ['TaskSubmitted'],
    ends: ['TaskSucceeded'],
  },
  wait: { begins: [], submitted: [], ends: [] },
  parallel: { begins: ['ParallelStateStarted'], submitted: [], ends: ['ParallelStateSucceeded'] },
  // The children's events are in histories of their own.
  map: {
    begins: ['MapStateStarted', 'MapRunStarted'],
    submitted: [],
    ends: ['MapRunSucceeded', 'MapStateSucceeded'],
  },
};
