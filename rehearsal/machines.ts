import type { Machines, WakeReason } from '../shared/contracts/machines.ts';
import type { Engine } from './engine/engine.ts';
import { StepFunctionsError } from './engine/failures.ts';

/** Names of the errors that say that nobody waits on a token any longer. */
const nobodyWaits = new Set(['TaskTimedOut', 'TaskDoesNotExist']);

/** Tells the rehearsal's engine what the product tells Step Functions. */
export const rehearsalMachines = (engine: () => Engine): Machines => ({
  wake(token: string, reason: WakeReason) {
    try {
      if (reason === 'time-came') engine().sendTaskFailure(token, 'TimeCame', 'woken by the sweep');
      else engine().sendTaskSuccess(token, { reason });
    } catch (error) {
      if (!(error instanceof StepFunctionsError && nobodyWaits.has(error.name)))
        return Promise.reject(error as Error);
    }
    return Promise.resolve();
  },
  start(machine, name, input) {
    try {
      engine().startExecution(machine, name, input);
    } catch (error) {
      if (!(error instanceof StepFunctionsError && error.name === 'ExecutionAlreadyExists'))
        return Promise.reject(error as Error);
    }
    return Promise.resolve();
  },
});
