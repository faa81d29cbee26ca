import type { Machines } from '../shared/contracts/machines.ts';
import type { Engine } from './engine/engine.ts';
import { StepFunctionsError } from './engine/failures.ts';

/** Does something that may find that there is nothing to do any more, as an error of Step Functions tells. */
const unless = (names: readonly string[], action: () => unknown): Promise<void> =>
  new Promise((resolve) => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof StepFunctionsError && names.includes(error.name))) throw error;
    }
    resolve();
  });

/** Tells the rehearsal's engine what the product tells Step Functions. */
export const rehearsalMachines = (engine: () => Engine): Machines => ({
  wake: (token, reason) =>
    unless(['TaskTimedOut', 'TaskDoesNotExist'], () => {
      if (reason === 'time-came') engine().sendTaskFailure(token, 'TimeCame', 'woken by the sweep');
      else engine().sendTaskSuccess(token, { reason });
    }),
  start: (machine, name, input) =>
    unless(['ExecutionAlreadyExists'], () => engine().startExecution(machine, name, input)),
});
