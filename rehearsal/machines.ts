import type { Machines } from '../shared/contracts/machines.ts';
import type { Engine } from './engine/engine.ts';
import { StepFunctionsError } from './engine/failures.ts';

/** Does something that may find that there is nothing to do any more, as an error of Step Functions tells. Whether it was done. */
const unless = (names: readonly string[], action: () => unknown): Promise<boolean> =>
  new Promise((resolve) => {
    try {
      action();
    } catch (error) {
      if (!(error instanceof StepFunctionsError && names.includes(error.name))) throw error;
      resolve(false);
      return;
    }
    resolve(true);
  });

/** Tells the rehearsal's engine what the product tells Step Functions. */
export const rehearsalMachines = (engine: () => Engine): Machines => ({
  wake: (token, reason) =>
    unless(['TaskTimedOut', 'TaskDoesNotExist'], () => {
      if (reason === 'time-came') engine().sendTaskFailure(token, 'TimeCame', 'woken by the sweep');
      else engine().sendTaskSuccess(token, { reason });
    }),
  start: async (machine, name, input) => {
    await unless(['ExecutionAlreadyExists'], () => engine().startExecution(machine, name, input));
  },
});
