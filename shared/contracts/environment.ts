import * as z from 'zod/mini';

/**
 * The variables of each kind of function. The construct that sets them and the function that reads them share the
 * schema, so that a forgotten variable does not compile. Names and addresses only: a secret is named here, never held.
 */

// Zod compiles a schema to code when it is first used: a millisecond of every start, for what is read once.
z.config({ jitless: true });

const text = z.string().check(z.minLength(1));
const instant = z.iso.datetime();

/** A clock that runs fast, in a rehearsal stage; without these a function runs on the world's clock. */
const clockShape = {
  CLOCK_START: z.optional(instant),
  CLOCK_REAL_START: z.optional(instant),
  CLOCK_SPEED: z.optional(text.check(z.regex(/^[0-9]+(\.[0-9]+)?$/))),
};

/** The tables and the bucket that taking answers and every stage work on. The links are kept in the Directory. */
const storeShape = {
  DIRECTORY_TABLE: text,
  CYCLES_TABLE: text,
  INDICATORS_TABLE: text,
  DOCUMENTS_BUCKET: text,
};

/** The machines that functions wake and start, by ARN. */
const machineShape = {
  CYCLE_MACHINE: text,
  LCPG_MACHINE: text,
};

const common = z.object({ STAGE: text, SERVICE: text, ...clockShape });

/** Functions that write to people. */
const writingShape = {
  ...common.shape,
  ...storeShape,
  ...machineShape,
  CORRESPONDENCE_TABLE: text,
  /** Id of the secret that links are derived from. */
  LINK_SECRET: text,
  /** Where the pages are, without a slash at the end. */
  WEB_ORIGIN: text,
  CONFIGURATION_SET: text,
  /** Whether replies are taken in at the reply domains; else they go to the contacts. */
  RECEIVES_REPLIES: z.enum(['yes', 'no']),
};

/** Functions that work at a stage of the cycle: the tasks of the machines, the sweep, the start of a cycle. */
export const workplaceEnvironment = z.object({
  ...writingShape,
  /** Group of the schedules that open the next cycles. */
  START_SCHEDULE_GROUP: text,
  START_CYCLE_FUNCTION: text,
  /** Role with which a schedule invokes that function. */
  START_SCHEDULE_ROLE: text,
  /** How long a machine may be overdue before the sweep wakes it, in real seconds. */
  SWEEP_GRACE_SECONDS: text.check(z.regex(/^[0-9]+$/)),
});

/** The function behind the HTTP API. */
export const webEnvironment = z.object({
  ...common.shape,
  ...storeShape,
  ...machineShape,
  /** Where the pages are, without a slash at the end: an upload is sent back there. */
  WEB_ORIGIN: text,
  /** The function that writes to people at once: see `Errands`. */
  ERRAND_FUNCTION: text,
});

/** The function that hears what became of emails. */
export const deliveryEnvironment = z.object({ ...common.shape, CORRESPONDENCE_TABLE: text });

/** The function that takes in what people write back. */
export const incomingMailEnvironment = z.object({
  ...writingShape,
  INCOMING_MAIL_BUCKET: text,
  /** The function that writes to people at once, such as to a substitute whom a reply names: see `Errands`. */
  ERRAND_FUNCTION: text,
  /** Ids of the partnerships of this deployment, with commas between them. */
  PARTNERSHIPS: text,
});

export type CommonEnvironment = z.infer<typeof common>;
export type WorkplaceEnvironment = z.infer<typeof workplaceEnvironment>;
export type WritingEnvironment = Pick<WorkplaceEnvironment, keyof typeof writingShape>;
export type WebEnvironment = z.infer<typeof webEnvironment>;
export type DeliveryEnvironment = z.infer<typeof deliveryEnvironment>;
export type IncomingMailEnvironment = z.infer<typeof incomingMailEnvironment>;

/**
 * A function's variables.
 * @throws {Error} naming each variable that is missing or wrong
 */
export const readEnvironment = <Environment extends CommonEnvironment>(
  schema: z.ZodMiniType<Environment>,
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Environment => {
  const read = schema.safeParse(variables);
  if (read.success) return read.data;
  throw new Error(
    `environment: ${read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
  );
};
