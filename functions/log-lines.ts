import type { LogSink } from '../shared/observe/log-catalogue.ts';

/* eslint-disable no-console -- Lambda's own way to log */

/**
 * A log of a function whose bundle has to stay small: Lambda writes an object on the console as one line of JSON, with
 * the request that it belongs to; the logger of the tasks is 21 kB, and a tenth of a start.
 */
export const logLines = (service: string): LogSink => ({
  info: (message, detail) => {
    console.info({ message, service, ...detail });
  },
  error: (message, detail) => {
    console.error({ message, service, ...detail });
  },
});
