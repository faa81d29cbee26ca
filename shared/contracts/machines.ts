/** Tells the machines what happened. Step Functions on AWS; the same calls in a rehearsal. */
export interface Machines {
  /**
   * Ends a waiting task. A token that nobody waits on any longer is no error: the stored state has said it all.
   * @returns whether anybody waited on it
   */
  wake(token: string, outcome: WakeReason): Promise<boolean>;
  /** Starts an execution; a second start of the same name does nothing. */
  start(machine: 'cycle' | 'lcpg', name: string, input: object): Promise<void>;
}

/** Why a waiting machine is woken: its person answered, its meeting changed, or the time it waited for has come. */
export type WakeReason = 'answered' | 'changed' | 'time-came';
