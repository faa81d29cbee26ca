/**
 * Every line that the functions log, by its code. Alarms and searches key on the code; the text is for people. What is
 * logged beside it are ids of partnerships, cycles and bodies, counts and names of errors: never a whole object, never
 * anything about a person.
 */
export const logCatalogue = {
  TASK_DONE: 'a task has been done',
  TASK_FAILED: 'a task failed and will be tried again where its caller does so',
  FORM_NOT_MADE: 'a document is there as a page, but its PDF or Word file could not be made',
  SWEPT: 'everything that waits has been looked at',
  CYCLE_STARTED: 'a cycle has been started',
  DELIVERY_RECORDED: 'the ledger has taken in what became of an email',
  DELIVERY_IGNORED: 'an event of the sending service is none of ours',
  REPLY_RECEIVED: 'an incoming email has been taken as an answer, passed on, or kept',
  MACHINE_NOT_TOLD:
    'an answer is stored, and the machine or function that goes on from it could not be told; the sweep will',
  PAGE_FAILED: 'a page could not be shown, or an answer not be taken',
} as const;

export type LogCode = keyof typeof logCatalogue;

/** What may stand beside a code. */
export type LogDetail = Readonly<Record<string, string | number | boolean>>;

/** The little of a logger that is needed here. */
export interface LogSink {
  info(message: string, detail: Readonly<Record<string, unknown>>): void;
  error(message: string, detail: Readonly<Record<string, unknown>>): void;
}

export const logInfo = (sink: LogSink, code: LogCode, detail: LogDetail = {}): void => {
  sink.info(logCatalogue[code], { code, ...detail });
};

export const logError = (sink: LogSink, code: LogCode, detail: LogDetail = {}): void => {
  sink.error(logCatalogue[code], { code, ...detail });
};
