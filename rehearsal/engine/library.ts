import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import type * as AwsLocalStepFunctions from 'aws-local-stepfunctions';

/** The state machine library as its own types describe it. */
export type StepFunctionsLibrary = typeof AwsLocalStepFunctions;

/** What the library is to find in place of the globals of the same names. */
export interface Surroundings {
  readonly setTimeout: (callback: () => void, milliseconds: number) => (() => void) | undefined;
  readonly clearTimeout: (timer: (() => void) | undefined) => void;
  readonly Date: DateConstructor;
  readonly Math: Math;
}

/**
 * Loads `aws-local-stepfunctions` into surroundings of our own.
 *
 * A CommonJS module is a function of the names that it finds around it. Called with four more of them, the library as
 * published lives in virtual time, and no global is touched: other code's timers and dates stay real, and two engines in
 * one process do not meet. It also leaves out the library's AWS clients and its definition validator, which the engine
 * never uses and which take nine tenths of its loading time.
 */
export function loadLibrary(surroundings: Surroundings): StepFunctionsLibrary {
  const path = createRequire(import.meta.url).resolve('aws-local-stepfunctions');
  const requireFromLibrary = createRequire(path);
  const load = compileFunction(
    readFileSync(path, 'utf8'),
    ['exports', 'require', 'module', 'setTimeout', 'clearTimeout', 'Date', 'Math'],
    { filename: path },
  ) as (...names: unknown[]) => void;
  const module = { exports: {} };
  const requireForLibrary = (id: string): unknown => {
    if (UNUSED.has(id)) return {};
    return id === 'jsonpath-plus'
      ? wholeInputs(requireFromLibrary(id) as JsonPathModule)
      : requireFromLibrary(id);
  };
  load(
    module.exports,
    requireForLibrary,
    module,
    surroundings.setTimeout,
    surroundings.clearTimeout,
    surroundings.Date,
    surroundings.Math,
  );
  return module.exports as StepFunctionsLibrary;
}

/** Every Task state has a handler of ours, and `definition.ts` checks the definitions: neither is ever called. */
const UNUSED: ReadonlySet<string> = new Set([
  '@aws-sdk/client-lambda',
  '@aws-sdk/credential-providers',
  'asl-validator',
]);

interface JsonPathQuery {
  readonly path: string;
  readonly json: unknown;
}

interface JsonPathModule {
  readonly JSONPath: new (query: JsonPathQuery & { readonly autostart: false }) => { evaluate(): unknown };
}

/**
 * `$` is the whole input, also where that is null, false, 0 or '', in which jsonpath-plus finds nothing. Started by
 * hand, as by itself it throws an error to give back a number or a text.
 */
function wholeInputs({ JSONPath }: JsonPathModule): { readonly JSONPath: (query: JsonPathQuery) => unknown } {
  return {
    JSONPath: (query) =>
      query.path === '$' ? query.json : new JSONPath({ ...query, autostart: false }).evaluate(),
  };
}
