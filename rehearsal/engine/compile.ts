import type { StateMachine, StateMachineDefinition } from 'aws-local-stepfunctions';
import { type AslDefinition, LONGEST_SECONDS, resources } from './definition.ts';
import { isJsonObject } from './json.ts';
import type { StepFunctionsLibrary } from './library.ts';

/** States that run one after the other: a machine, a branch, or what a Map does with each item. */
export interface Sequence {
  readonly stateMachine: StateMachine;
  readonly stateNames: readonly string[];
  /** What the handlers of its Task states do, by state name. */
  readonly plans: readonly TaskPlan[];
}

/** A machine as the engine runs it. */
export interface CompiledMachine {
  readonly name: string;
  readonly sequence: Sequence;
  readonly timeoutSeconds: number | undefined;
}

interface Plan {
  readonly state: string;
}

/** One of the integrations that may time out. */
interface TimedPlan extends Plan {
  readonly timeout: number | 'never' | 'in envelope';
}

export interface FunctionPlan extends TimedPlan {
  readonly kind: 'lambda' | 'lambdaWithToken';
  readonly functionName: string;
}

export interface ChildExecutionPlan extends TimedPlan {
  readonly kind: 'childExecution';
  readonly machine: string;
}

export interface WaitPlan extends Plan {
  readonly kind: 'wait';
}

export interface ParallelPlan extends Plan {
  readonly kind: 'parallel';
  readonly branches: readonly Sequence[];
}

export interface MapPlan extends Plan {
  readonly kind: 'map';
  readonly item: Sequence;
  /** Makes an item's input: a machine of one Pass state, as the library keeps its payload templates to itself. */
  readonly selector: StateMachine | undefined;
  readonly readsItems: boolean;
  /** Stands in the ids of the children. */
  readonly label: string;
  readonly maxConcurrency: number;
  readonly toleratedPercentage: number | undefined;
  readonly toleratedCount: number | undefined;
}

/** What the handler of a Task state does. Everything that waits or fans out is a Task state to the library. */
export type TaskPlan = FunctionPlan | ChildExecutionPlan | WaitPlan | ParallelPlan | MapPlan;

/** What a Task state's handler is given: made by the Parameters below, so that all paths are the library's to read. */
export interface Envelope {
  /** The state's own Parameters: of a function, a child execution or a Parallel. */
  readonly arguments?: unknown;
  readonly timeoutSeconds?: unknown;
  readonly seconds?: unknown;
  readonly timestamp?: unknown;
  /** The input of a Map, which its ItemSelector reads. */
  readonly input?: unknown;
  readonly items?: unknown;
  readonly reader?: unknown;
}

type Fields = Record<string, unknown>;

/**
 * Turns a checked definition into what the library runs. Wait, Parallel and Map become Task states, as do the service
 * integrations: the engine's handlers do their work, while the library moves from state to state, reads paths and
 * templates, chooses, retries and catches.
 */
export function compile(
  name: string,
  definition: AslDefinition,
  library: StepFunctionsLibrary,
): CompiledMachine {
  const timeoutSeconds = definition['TimeoutSeconds'] as number | undefined;
  return { name, sequence: compileSequence(definition, library), timeoutSeconds };
}

function compileSequence(definition: AslDefinition, library: StepFunctionsLibrary): Sequence {
  const plans: TaskPlan[] = [];
  const states = Object.entries(definition.States as Record<string, Fields>).map(([name, state]) => {
    const { compiled, plan } = compileState(name, state, library);
    if (plan !== undefined) plans.push(plan);
    return [name, compiled] as const;
  });
  return {
    stateMachine: newStateMachine(library, definition.StartAt, Object.fromEntries(states)),
    stateNames: Object.keys(definition.States),
    plans,
  };
}

function newStateMachine(
  library: StepFunctionsLibrary,
  startAt: string,
  states: Record<string, Fields>,
): StateMachine {
  const definition = { StartAt: startAt, States: states } as unknown as StateMachineDefinition;
  return new library.StateMachine(definition, { validationOptions: { noValidate: true } });
}

interface CompiledState {
  readonly compiled: Fields;
  readonly plan?: TaskPlan;
}

function compileState(name: string, state: Fields, library: StepFunctionsLibrary): CompiledState {
  switch (state['Type']) {
    case 'Task':
      return compileTask(name, state);
    case 'Wait':
      return compileWait(name, state);
    case 'Parallel':
      return compileParallel(name, state, library);
    case 'Map':
      return compileMap(name, state, library);
    case 'Choice':
      return {
        compiled: { ...commonFields(state), Choices: (state['Choices'] as Fields[]).map(compileRule) },
      };
    case 'Fail':
      // Without a Cause the library would make one up.
      return {
        compiled: {
          ...commonFields(state),
          ...('CausePath' in state ? {} : { Cause: state['Cause'] ?? '' }),
        },
      };
    default:
      return { compiled: commonFields(state) };
  }
}

function compileTask(state: string, fields: Fields): CompiledState {
  const parameters = fields['Parameters'] as Fields;
  const path = fields['TimeoutSecondsPath'];
  const timeout =
    path === undefined ? ((fields['TimeoutSeconds'] as number | undefined) ?? 'never') : 'in envelope';
  const envelope = {
    arguments: ownContext(parameters),
    ...(path === undefined ? {} : { 'timeoutSeconds.$': ownContext(path, 'TimeoutSecondsPath') }),
  };
  const compiled = taskFields(fields, envelope, timeout);
  if (fields['Resource'] === resources.childExecution) {
    const machine = parameters['StateMachineArn'] as string;
    return { compiled, plan: { kind: 'childExecution', state, machine, timeout } };
  }
  const kind = fields['Resource'] === resources.lambda ? 'lambda' : 'lambdaWithToken';
  return { compiled, plan: { kind, state, functionName: parameters['FunctionName'] as string, timeout } };
}

function compileWait(state: string, fields: Fields): CompiledState {
  const envelope = Object.fromEntries(
    [
      ['seconds', fields['Seconds']],
      ['seconds.$', ownContext(fields['SecondsPath'], 'SecondsPath')],
      ['timestamp', fields['Timestamp']],
      ['timestamp.$', ownContext(fields['TimestampPath'], 'TimestampPath')],
    ].filter(([, value]) => value !== undefined),
  ) as Fields;
  return {
    compiled: { ...taskFields(fields, envelope, 'never'), ResultPath: null },
    plan: { kind: 'wait', state },
  };
}

function compileParallel(state: string, fields: Fields, library: StepFunctionsLibrary): CompiledState {
  const envelope =
    'Parameters' in fields ? { arguments: ownContext(fields['Parameters']) } : { 'arguments.$': '$' };
  const branches = (fields['Branches'] as AslDefinition[]).map((branch) => compileSequence(branch, library));
  return { compiled: taskFields(fields, envelope, 'never'), plan: { kind: 'parallel', state, branches } };
}

function compileMap(state: string, fields: Fields, library: StepFunctionsLibrary): CompiledState {
  const reader = fields['ItemReader'] as Fields | undefined;
  const envelope = {
    'input.$': '$',
    ...(reader === undefined
      ? { 'items.$': ownContext(fields['ItemsPath'] ?? '$', 'ItemsPath') }
      : { reader: ownContext(reader['Parameters']) }),
  };
  const selector =
    'ItemSelector' in fields
      ? newStateMachine(library, 'Select', {
          Select: { Type: 'Pass', Parameters: ownContext(fields['ItemSelector']), End: true },
        })
      : undefined;
  return {
    compiled: taskFields(fields, envelope, 'never'),
    plan: {
      kind: 'map',
      state,
      item: compileSequence(fields['ItemProcessor'] as AslDefinition, library),
      selector,
      readsItems: reader !== undefined,
      label: (fields['Label'] as string | undefined) ?? state,
      // 0 and none both mean as many as AWS runs at once.
      maxConcurrency: (fields['MaxConcurrency'] as number | undefined) || 10_000,
      toleratedPercentage: fields['ToleratedFailurePercentage'] as number | undefined,
      toleratedCount: fields['ToleratedFailureCount'] as number | undefined,
    },
  };
}

const COMMON_FIELDS = [
  'Type',
  'Next',
  'End',
  'Default',
  'InputPath',
  'Parameters',
  'Result',
  'ResultSelector',
  'ResultPath',
  'OutputPath',
  'Retry',
  'Error',
  'ErrorPath',
  'Cause',
  'CausePath',
];

/** The fields that the library handles as AWS does. */
function commonFields(state: Fields): Fields {
  const kept = Object.fromEntries(
    COMMON_FIELDS.filter((field) => field in state).map((field) => [
      field,
      field === 'Result' ? state[field] : ownContext(state[field], field),
    ]),
  );
  const catchers = state['Catch'] as Fields[] | undefined;
  return {
    ...withoutWholeResultPath(kept),
    ...(catchers === undefined ? {} : { Catch: catchers.map(withoutWholeResultPath) }),
  };
}

/** The library would write a ResultPath of `$`, which is the default, into a field of that name. */
function withoutWholeResultPath(fields: Fields): Fields {
  const { ResultPath: path, ...others } = fields;
  return path === undefined || path === '$' ? others : { ...others, ResultPath: path };
}

function taskFields(state: Fields, envelope: Fields, timeout: TimedPlan['timeout']): Fields {
  return {
    ...commonFields(state),
    Type: 'Task',
    Resource: 'handled by the engine',
    Parameters: envelope,
    ...(timeout === 'in envelope'
      ? { TimeoutSecondsPath: '$.timeoutSeconds' }
      : { TimeoutSeconds: timeout === 'never' ? LONGEST_SECONDS : timeout }),
  };
}

/**
 * Renames `$$.Execution` to `$$.Run`, which the engine fills: in a branch the library's own `Execution` would carry the
 * branch's input and starting time.
 */
function ownContext(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => ownContext(entry));
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([field, entry]) => [field, ownContext(entry, field)]),
    );
  }
  const isPath = key.endsWith('.$') || key.endsWith('Path') || key === 'Variable';
  return typeof value === 'string' && isPath ? value.replaceAll(/\$\$\.Execution\b/g, '$$$$.Run') : value;
}

/**
 * Makes the library's answers AWS's: it never finds a negative type test true, and compares values of different types
 * as JavaScript does, where AWS finds the comparison false.
 */
function compileRule(rule: Fields): Fields {
  const { Comment: _, Next: next, ...test } = rule;
  const compiled = compileTest(ownContext(test) as Fields);
  return next === undefined ? compiled : { ...compiled, Next: next };
}

function compileTest(test: Fields): Fields {
  if ('Not' in test) return { Not: compileRule(test['Not'] as Fields) };
  if ('And' in test) return { And: (test['And'] as Fields[]).map(compileRule) };
  if ('Or' in test) return { Or: (test['Or'] as Fields[]).map(compileRule) };
  const variable = test['Variable'];
  const operator = Object.keys(test).find((field) => field !== 'Variable') ?? '';
  if (operator.startsWith('Is')) {
    const positive = { Variable: variable, [operator]: true };
    const exact =
      operator === 'IsTimestamp' ? { And: [{ Variable: variable, IsString: true }, positive] } : positive;
    return test[operator] === true ? exact : { Not: exact };
  }
  if (operator.startsWith('Boolean')) return test;
  const types = { S: ['IsString'], N: ['IsNumeric'], T: ['IsString', 'IsTimestamp'] }[
    operator[0] as 'S' | 'N' | 'T'
  ];
  return { And: [...types.map((type) => ({ Variable: variable, [type]: true })), test] };
}
