/**
 * Has the function that writes to people see to something that was registered (`Waiting`), now and not by the next sweep.
 * What it is about is stored before, so that a call that is lost, late or doubled changes nothing.
 */
export interface Errands {
  /** @param name of the registration */
  runNow(partnership: string, name: string): Promise<void>;
}
