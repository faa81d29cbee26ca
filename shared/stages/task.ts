import type * as z from 'zod/mini';

import type { Workplace } from './workplace.ts';

/**
 * One step of a machine: a plain function of a workplace and a small payload of ids and instants. It may be run twice,
 * or die anywhere: what it does a second time changes nothing. Payloads only grow, as executions outlive releases.
 */
export interface Task<Input extends { readonly partnership: string }, Output extends object> {
  /** Name of its file in `functions`. */
  readonly name: string;
  readonly input: z.ZodMiniType<Input>;
  run(place: Workplace, input: Input): Promise<Output>;
}

/** A task of any payload: what a registry of tasks holds. */
export interface AnyTask {
  readonly name: string;
  readonly input: z.ZodMiniType<{ readonly partnership: string }>;
  run(place: Workplace, input: never): Promise<object>;
}

/**
 * Checks a payload and runs the task on it.
 * @param placeFor the workplace of a partnership
 * @throws {Error} when the payload is not what the task takes, naming what is wrong
 */
export const runTask = async (
  task: AnyTask,
  placeFor: (partnership: string) => Workplace | Promise<Workplace>,
  payload: unknown,
): Promise<object> => {
  const parsed = task.input.safeParse(payload);
  if (!parsed.success)
    throw new Error(
      `payload of ${task.name}: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    );
  return task.run(await placeFor(parsed.data.partnership), parsed.data as never);
};
