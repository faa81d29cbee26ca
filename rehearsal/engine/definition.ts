import { isJsonObject } from './json.ts';

/** A state machine in Amazon States Language, parsed, with its substitutions made. */
export interface AslDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

/** The machines that an engine runs, by the name that `StateMachineArn` gives them. */
export type MachineDefinitions = Readonly<Record<string, AslDefinition>>;

/** What the definitions may refer to. */
export interface Surrounding {
  readonly functions: ReadonlySet<string>;
  readonly machines: ReadonlySet<string>;
  /** Whether documents can be read, which an ItemReader needs. */
  readonly documents: boolean;
}

/** A definition says something that the engine does not know to do exactly as AWS does. Lists every such place. */
export class UnsupportedDefinition extends Error {
  override readonly name = 'UnsupportedDefinition';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The rehearsal engine does not run these definitions as AWS would:\n- ${problems.join('\n- ')}`);
    this.problems = problems;
  }
}

/** The Task resources that the engine knows. */
export const resources = {
  lambda: 'arn:aws:states:::lambda:invoke',
  lambdaWithToken: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  childExecution: 'arn:aws:states:::states:startExecution.sync:2',
  readObject: 'arn:aws:states:::s3:getObject',
} as const;

/** AWS's largest timeout and wait, and the timeout of a Task that names none. */
export const LONGEST_SECONDS = 99_999_999;

/**
 * Refuses every definition that the engine would run otherwise than AWS: what it does not implement, what the library
 * underneath gets wrong, and what AWS itself refuses and a rehearsal should find first.
 *
 * @throws UnsupportedDefinition naming machine, state and field of each problem.
 */
export function checkDefinitions(definitions: MachineDefinitions, surrounding: Surrounding): void {
  const problems = Object.entries(definitions).flatMap(([name, definition]) =>
    new MachineCheck(name, surrounding).problemsOf(definition),
  );
  if (problems.length > 0) throw new UnsupportedDefinition(problems);
}

type Fields = Record<string, unknown>;
type Report = (field: string, reason: string) => void;

/** Where a payload template or path stands, which decides what of the context it may use. */
interface PathScope {
  readonly token?: boolean;
  readonly item?: boolean;
}

const MACHINE_FIELDS = ['Comment', 'QueryLanguage', 'StartAt', 'States', 'TimeoutSeconds', 'Version'];
const BRANCH_FIELDS = ['Comment', 'QueryLanguage', 'StartAt', 'States'];
const ITEM_PROCESSOR_FIELDS = [...BRANCH_FIELDS, 'ProcessorConfig'];

const EVERY_STATE = ['Type', 'Comment', 'QueryLanguage'];
const FLOW = ['Next', 'End'];
const RESULT = ['InputPath', 'ResultSelector', 'ResultPath', 'OutputPath', 'Retry', 'Catch'];
const STATE_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: [...FLOW, ...RESULT, 'Resource', 'Parameters', 'TimeoutSeconds', 'TimeoutSecondsPath'],
  Parallel: [...FLOW, ...RESULT, 'Parameters', 'Branches'],
  Map: [
    ...FLOW,
    ...RESULT,
    'ItemProcessor',
    'ItemReader',
    'ItemsPath',
    'ItemSelector',
    'MaxConcurrency',
    'ToleratedFailurePercentage',
    'ToleratedFailureCount',
    'Label',
  ],
  Pass: [...FLOW, 'InputPath', 'Parameters', 'Result', 'ResultPath', 'OutputPath'],
  // Wait's InputPath is left out: the engine turns a Wait into a Task, whose output would then be the raw input.
  Wait: [...FLOW, 'Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath', 'OutputPath'],
  Choice: ['Choices', 'Default', 'InputPath', 'OutputPath'],
  Succeed: ['InputPath', 'OutputPath'],
  Fail: ['Error', 'ErrorPath', 'Cause', 'CausePath'],
};

const NAME = String.raw`\.[A-Za-z_][A-Za-z0-9_-]*`;
/** One place in a payload. Wildcards, filters and slices are refused: the library answers them otherwise when empty. */
const DATA_PATH = new RegExp(String.raw`^\$(${NAME}|\[\d+\])*$`);
/** A field to write. The library misreads every other form of ResultPath. */
const REFERENCE_PATH = new RegExp(String.raw`^\$(${NAME})*$`);
const CONTEXT_PATH = new RegExp(
  String.raw`^\$\$\.(Execution\.(Id|Name|StartTime)|Execution\.Input(${NAME}|\[\d+\])*|StateMachine\.(Id|Name))$`,
);
const TOKEN_PATH = '$$.Task.Token';
const ITEM_PATH = new RegExp(String.raw`^\$\$\.Map\.Item\.(Index|Value(${NAME}|\[\d+\])*)$`);
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** The intrinsic functions that the library computes as AWS does. */
const INTRINSICS = new Set([
  'States.Format',
  'States.Array',
  'States.ArrayLength',
  'States.ArrayContains',
  'States.MathAdd',
]);

/** Of the reserved error names, those that the engine can raise and that AWS lets be retried or caught. */
const RESERVED_ERRORS = new Set([
  'States.ALL',
  'States.Timeout',
  'States.TaskFailed',
  'States.ItemReaderFailed',
  'States.ExceedToleratedFailureThreshold',
]);

const COMPARISONS: Readonly<Record<string, 'string' | 'number' | 'boolean' | 'timestamp' | 'path'>> = {
  ...Object.fromEntries(
    (['String', 'Numeric', 'Timestamp'] as const).flatMap((type) =>
      ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'].flatMap((comparison) => [
        [type + comparison, ({ String: 'string', Numeric: 'number', Timestamp: 'timestamp' } as const)[type]],
        [`${type}${comparison}Path`, 'path' as const],
      ]),
    ),
  ),
  BooleanEquals: 'boolean',
  BooleanEqualsPath: 'path',
  IsBoolean: 'boolean',
  IsNull: 'boolean',
  IsNumeric: 'boolean',
  IsPresent: 'boolean',
  IsString: 'boolean',
  IsTimestamp: 'boolean',
};

class MachineCheck {
  readonly #machine: string;
  readonly #surrounding: Surrounding;
  readonly #problems: string[] = [];
  readonly #stateNames = new Set<string>();

  constructor(machine: string, surrounding: Surrounding) {
    this.#machine = machine;
    this.#surrounding = surrounding;
  }

  problemsOf(definition: AslDefinition): readonly string[] {
    const report: Report = (field, reason) => {
      this.#problems.push(`machine "${this.#machine}", field "${field}": ${reason}`);
    };
    this.#sequence(definition, MACHINE_FIELDS, '', report);
    checkWhole(definition, 'TimeoutSeconds', 1, LONGEST_SECONDS, report);
    return this.#problems;
  }

  #sequence(sequence: unknown, known: readonly string[], path: string, report: Report): void {
    if (!isJsonObject(sequence) || !isJsonObject(sequence['States'])) {
      report(`${path}States`, 'is missing');
      return;
    }
    checkKnown(sequence, known, path, report);
    checkQueryLanguage(sequence, path, report);
    const states = sequence['States'];
    if (typeof sequence['StartAt'] !== 'string' || !Object.hasOwn(states, sequence['StartAt'])) {
      report(`${path}StartAt`, 'names no state');
    }
    for (const [name, state] of Object.entries(states)) this.#state(name, state, states);
  }

  #state(name: string, state: unknown, siblings: Fields): void {
    const report: Report = (field, reason) => {
      this.#problems.push(`machine "${this.#machine}", state "${name}", field "${field}": ${reason}`);
    };
    if (this.#stateNames.has(name)) report('name', 'is used twice in this machine');
    this.#stateNames.add(name);
    if (name.length > 80) report('name', 'is longer than 80 characters');
    if (!isJsonObject(state)) {
      report('Type', 'is missing');
      return;
    }
    const type = state['Type'];
    const fields = typeof type === 'string' ? STATE_FIELDS[type] : undefined;
    if (typeof type !== 'string' || fields === undefined) {
      report('Type', `${JSON.stringify(type)} is not supported`);
      return;
    }
    checkKnown(state, [...EVERY_STATE, ...fields], '', report);
    checkQueryLanguage(state, '', report);
    if (fields.includes('Next')) checkFlow(state, siblings, report);
    checkOptionalPath(state, 'InputPath', report);
    checkOptionalPath(state, 'OutputPath', report);
    if (fields.includes('ResultPath')) checkResultPath(state, '', report);
    if ('ResultSelector' in state) checkTemplate(state['ResultSelector'], 'ResultSelector', {}, report);
    if (fields.includes('Retry')) {
      const errors = errorsAllowed(type);
      checkRetriers(state['Retry'], errors, report);
      checkCatchers(state['Catch'], errors, siblings, report);
    }
    switch (type) {
      case 'Task':
        this.#task(state, report);
        break;
      case 'Parallel':
        this.#parallel(state, report);
        break;
      case 'Map':
        this.#map(state, report);
        break;
      case 'Pass':
        checkPass(state, report);
        break;
      case 'Wait':
        checkWait(state, report);
        break;
      case 'Choice':
        checkChoice(state, siblings, report);
        break;
      case 'Fail':
        checkFail(state, report);
        break;
      default:
        break;
    }
  }

  #task(state: Fields, report: Report): void {
    const resource = state['Resource'];
    const withToken = resource === resources.lambdaWithToken;
    if (!withToken && resource !== resources.lambda && resource !== resources.childExecution) {
      report('Resource', `${JSON.stringify(resource)} is not supported`);
    }
    checkWhole(state, 'TimeoutSeconds', 1, LONGEST_SECONDS, report);
    if ('TimeoutSecondsPath' in state) {
      checkPath(state['TimeoutSecondsPath'], 'TimeoutSecondsPath', {}, report);
      if ('TimeoutSeconds' in state) report('TimeoutSecondsPath', 'excludes TimeoutSeconds');
      // AWS does not say which input the path would then be read from.
      if ('InputPath' in state) report('TimeoutSecondsPath', 'is not supported together with InputPath');
    }
    const parameters = state['Parameters'];
    if (!isJsonObject(parameters)) {
      report('Parameters', 'is missing');
      return;
    }
    checkTemplate(parameters, 'Parameters', { token: withToken }, report);
    if (withToken && !JSON.stringify(parameters).includes(TOKEN_PATH)) {
      report('Parameters', `never hands on ${TOKEN_PATH}, so nobody could answer`);
    }
    if (resource === resources.childExecution) {
      checkKnown(
        parameters,
        ['StateMachineArn', 'Input', 'Input.$', 'Name', 'Name.$'],
        'Parameters.',
        report,
      );
      checkReference(parameters, 'StateMachineArn', this.#surrounding.machines, 'machine', report);
      if ('Name' in parameters && typeof parameters['Name'] !== 'string')
        report('Parameters.Name', 'is no text');
    } else {
      checkKnown(parameters, ['FunctionName', 'Payload', 'Payload.$'], 'Parameters.', report);
      checkReference(parameters, 'FunctionName', this.#surrounding.functions, 'function', report);
      if (!('Payload' in parameters) && !('Payload.$' in parameters))
        report('Parameters.Payload', 'is missing');
    }
  }

  #parallel(state: Fields, report: Report): void {
    if ('Parameters' in state) checkTemplate(state['Parameters'], 'Parameters', {}, report);
    const branches = state['Branches'];
    if (!Array.isArray(branches) || branches.length === 0) {
      report('Branches', 'is missing');
      return;
    }
    branches.forEach((branch: unknown, index) => {
      this.#sequence(branch, BRANCH_FIELDS, `Branches[${String(index)}].`, report);
    });
  }

  #map(state: Fields, report: Report): void {
    const processor = state['ItemProcessor'];
    const config = isJsonObject(processor) ? processor['ProcessorConfig'] : undefined;
    if (!isJsonObject(config) || config['Mode'] !== 'DISTRIBUTED' || config['ExecutionType'] !== 'STANDARD') {
      report(
        'ItemProcessor.ProcessorConfig',
        'only Mode DISTRIBUTED with ExecutionType STANDARD is supported',
      );
    } else {
      checkKnown(config, ['Mode', 'ExecutionType'], 'ItemProcessor.ProcessorConfig.', report);
    }
    this.#sequence(processor, ITEM_PROCESSOR_FIELDS, 'ItemProcessor.', report);
    if ('ItemSelector' in state) checkTemplate(state['ItemSelector'], 'ItemSelector', { item: true }, report);
    if ('ItemsPath' in state) checkPath(state['ItemsPath'], 'ItemsPath', {}, report);
    checkWhole(state, 'MaxConcurrency', 0, 10_000, report);
    checkWhole(state, 'ToleratedFailureCount', 0, Number.MAX_SAFE_INTEGER, report);
    const percentage = state['ToleratedFailurePercentage'] ?? 0;
    if (typeof percentage !== 'number' || !(percentage >= 0 && percentage <= 100)) {
      report('ToleratedFailurePercentage', 'is no number from 0 to 100');
    }
    const reader = state['ItemReader'];
    if (reader !== undefined) this.#itemReader(reader, 'ItemsPath' in state, report);
  }

  #itemReader(reader: unknown, hasItemsPath: boolean, report: Report): void {
    if (!isJsonObject(reader) || reader['Resource'] !== resources.readObject) {
      report('ItemReader.Resource', `only ${resources.readObject} is supported`);
      return;
    }
    checkKnown(reader, ['Resource', 'ReaderConfig', 'Parameters'], 'ItemReader.', report);
    const config = reader['ReaderConfig'];
    if (!isJsonObject(config) || config['InputType'] !== 'JSON') {
      report('ItemReader.ReaderConfig', 'only InputType JSON is supported');
    } else {
      checkKnown(config, ['InputType'], 'ItemReader.ReaderConfig.', report);
    }
    const parameters = reader['Parameters'];
    if (!isJsonObject(parameters)) {
      report('ItemReader.Parameters', 'is missing');
    } else {
      checkKnown(parameters, ['Bucket', 'Bucket.$', 'Key', 'Key.$'], 'ItemReader.Parameters.', report);
      checkTemplate(parameters, 'ItemReader.Parameters', {}, report);
      for (const field of ['Bucket', 'Key']) {
        if (!(field in parameters) && !(`${field}.$` in parameters)) {
          report(`ItemReader.Parameters.${field}`, 'is missing');
        }
      }
    }
    if (hasItemsPath) report('ItemReader', 'excludes ItemsPath');
    if (!this.#surrounding.documents) report('ItemReader', 'needs an engine that was given documents');
  }
}

function checkKnown(fields: Fields, known: readonly string[], path: string, report: Report): void {
  for (const field of Object.keys(fields)) {
    if (!known.includes(field)) report(path + field, 'is not supported');
  }
}

function checkQueryLanguage(fields: Fields, path: string, report: Report): void {
  if ((fields['QueryLanguage'] ?? 'JSONPath') !== 'JSONPath') {
    report(`${path}QueryLanguage`, 'only JSONPath is supported');
  }
}

function checkWhole(fields: Fields, field: string, least: number, most: number, report: Report): void {
  const value = fields[field];
  if (value === undefined) return;
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most) {
    report(field, `is no whole number from ${String(least)} to ${String(most)}`);
  }
}

function checkReference(
  parameters: Fields,
  field: string,
  known: ReadonlySet<string>,
  what: string,
  report: Report,
): void {
  const name = parameters[field];
  if (typeof name !== 'string' || !known.has(name)) {
    report(`Parameters.${field}`, `${JSON.stringify(name)} is no ${what} of this rehearsal`);
  }
}

function checkFlow(state: Fields, siblings: Fields, report: Report): void {
  if ('Next' in state) checkTarget(state['Next'], 'Next', siblings, report);
  if ('End' in state && state['End'] !== true) report('End', 'can only be true');
  if ('Next' in state === 'End' in state) report('Next', 'exactly one of Next and End is needed');
}

function checkTarget(target: unknown, field: string, siblings: Fields, report: Report): void {
  if (typeof target !== 'string' || !Object.hasOwn(siblings, target)) {
    report(field, `${JSON.stringify(target)} names no state beside this one`);
  }
}

function checkPath(path: unknown, field: string, scope: PathScope, report: Report): void {
  if (typeof path !== 'string') {
    report(field, 'is no path');
    return;
  }
  if (DATA_PATH.test(path) || CONTEXT_PATH.test(path)) return;
  if (scope.token === true && path === TOKEN_PATH) return;
  if (scope.item === true && ITEM_PATH.test(path)) return;
  report(field, `the path "${path}" is not supported here`);
}

function checkOptionalPath(state: Fields, field: string, report: Report): void {
  const path = state[field];
  if (path !== undefined && path !== null) checkPath(path, field, {}, report);
}

function checkResultPath(fields: Fields, prefix: string, report: Report): void {
  const path = fields['ResultPath'];
  if (path === undefined || path === null) return;
  if (typeof path !== 'string' || !REFERENCE_PATH.test(path)) {
    report(`${prefix}ResultPath`, `${JSON.stringify(path)} is not supported`);
  }
}

function checkTemplate(template: unknown, field: string, scope: PathScope, report: Report): void {
  if (Array.isArray(template)) {
    template.forEach((entry: unknown, index) => {
      checkTemplate(entry, `${field}[${String(index)}]`, scope, report);
    });
  } else if (isJsonObject(template)) {
    for (const [key, value] of Object.entries(template)) {
      const place = `${field}.${key}`;
      if (key.endsWith('.$')) checkExpression(value, place, scope, report);
      else checkTemplate(value, place, scope, report);
    }
  } else if (typeof template === 'string' && /^\$\$?(\.|$)/.test(template)) {
    report(field, `"${template}" would be taken as it stands: a path needs a key that ends in .$`);
  }
}

function checkExpression(expression: unknown, field: string, scope: PathScope, report: Report): void {
  if (typeof expression !== 'string' || !expression.startsWith('States.')) {
    checkPath(expression, field, scope, report);
    return;
  }
  const withoutTexts = expression.replaceAll(/'(\\.|[^'\\])*'/g, "''");
  for (const [text] of expression.matchAll(/'(\\.|[^'\\])*'/g)) {
    if (/[()]/.test(text)) report(field, 'a parenthesis within quotes is not supported');
  }
  if (!/^States\.[^]*\)$/.test(withoutTexts)) report(field, 'is no intrinsic function');
  for (const [name] of withoutTexts.matchAll(/States\.\w+/g)) {
    if (!INTRINSICS.has(name)) report(field, `${name} is not supported`);
  }
  for (const [path] of withoutTexts.matchAll(/\$[^,()\s]*/g)) checkPath(path, field, scope, report);
}

/** In a Parallel or Map the library does not take `States.TaskFailed` as the wildcard that it is. */
function errorsAllowed(type: string): (error: unknown) => boolean {
  return (error) => {
    if (typeof error !== 'string' || error === '') return false;
    if (error === 'States.TaskFailed' && type !== 'Task') return false;
    return !error.startsWith('States.') || RESERVED_ERRORS.has(error);
  };
}

function checkErrorEquals(
  rules: readonly unknown[],
  field: string,
  allowed: (error: unknown) => boolean,
  report: Report,
): void {
  rules.forEach((rule, index) => {
    const place = `${field}[${String(index)}].ErrorEquals`;
    const errors = isJsonObject(rule) ? rule['ErrorEquals'] : undefined;
    if (!Array.isArray(errors) || errors.length === 0) {
      report(place, 'is missing');
      return;
    }
    for (const error of errors) {
      if (!allowed(error)) report(place, `${JSON.stringify(error)} is not supported`);
    }
    if (errors.includes('States.ALL') && (errors.length > 1 || index < rules.length - 1)) {
      report(place, 'States.ALL must stand alone and last');
    }
  });
}

function checkRetriers(retriers: unknown, allowed: (error: unknown) => boolean, report: Report): void {
  if (retriers === undefined) return;
  if (!Array.isArray(retriers)) {
    report('Retry', 'is no list');
    return;
  }
  checkErrorEquals(retriers, 'Retry', allowed, report);
  retriers.forEach((retrier: unknown, index) => {
    if (!isJsonObject(retrier)) return;
    const prefix = `Retry[${String(index)}].`;
    const reportIn: Report = (field, reason) => {
      report(prefix + field, reason);
    };
    const known = [
      'ErrorEquals',
      'Comment',
      'IntervalSeconds',
      'MaxAttempts',
      'BackoffRate',
      'MaxDelaySeconds',
      'JitterStrategy',
    ];
    checkKnown(retrier, known, '', reportIn);
    checkWhole(retrier, 'IntervalSeconds', 1, LONGEST_SECONDS, reportIn);
    checkWhole(retrier, 'MaxAttempts', 0, LONGEST_SECONDS, reportIn);
    checkWhole(retrier, 'MaxDelaySeconds', 1, 31_622_400, reportIn);
    const backoff = retrier['BackoffRate'] ?? 2;
    if (typeof backoff !== 'number' || backoff < 1) reportIn('BackoffRate', 'is no number from 1');
    const jitter = retrier['JitterStrategy'] ?? 'NONE';
    if (jitter !== 'NONE' && jitter !== 'FULL')
      reportIn('JitterStrategy', `${JSON.stringify(jitter)} is not supported`);
  });
}

function checkCatchers(
  catchers: unknown,
  allowed: (error: unknown) => boolean,
  siblings: Fields,
  report: Report,
): void {
  if (catchers === undefined) return;
  if (!Array.isArray(catchers)) {
    report('Catch', 'is no list');
    return;
  }
  checkErrorEquals(catchers, 'Catch', allowed, report);
  catchers.forEach((catcher: unknown, index) => {
    if (!isJsonObject(catcher)) return;
    const prefix = `Catch[${String(index)}].`;
    checkKnown(catcher, ['ErrorEquals', 'Comment', 'Next', 'ResultPath'], prefix, report);
    checkTarget(catcher['Next'], `${prefix}Next`, siblings, report);
    checkResultPath(catcher, prefix, report);
  });
}

function checkPass(state: Fields, report: Report): void {
  if ('Parameters' in state) checkTemplate(state['Parameters'], 'Parameters', {}, report);
  // The library takes a Result of null, false, 0 or '' for none.
  if ('Result' in state && !state['Result'])
    report('Result', `${JSON.stringify(state['Result'])} is not supported`);
}

function checkWait(state: Fields, report: Report): void {
  const given = ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath'].filter((field) => field in state);
  if (given.length !== 1)
    report('Seconds', 'exactly one of Seconds, SecondsPath, Timestamp and TimestampPath is needed');
  checkWhole(state, 'Seconds', 0, LONGEST_SECONDS, report);
  for (const field of ['SecondsPath', 'TimestampPath']) {
    if (field in state) checkPath(state[field], field, {}, report);
  }
  const timestamp = state['Timestamp'];
  if (timestamp !== undefined && !isTimestamp(timestamp)) report('Timestamp', 'is no RFC 3339 timestamp');
}

/** Whether a value is a timestamp as the states language takes them. */
export function isTimestamp(value: unknown): value is string {
  return typeof value === 'string' && TIMESTAMP.test(value) && !Number.isNaN(Date.parse(value));
}

function checkFail(state: Fields, report: Report): void {
  if ('Error' in state === 'ErrorPath' in state)
    report('Error', 'exactly one of Error and ErrorPath is needed');
  if ('Cause' in state && 'CausePath' in state) report('CausePath', 'excludes Cause');
  for (const field of ['ErrorPath', 'CausePath']) {
    if (field in state) checkPath(state[field], field, {}, report);
  }
}

function checkChoice(state: Fields, siblings: Fields, report: Report): void {
  if ('Default' in state) checkTarget(state['Default'], 'Default', siblings, report);
  const choices = state['Choices'];
  if (!Array.isArray(choices) || choices.length === 0) {
    report('Choices', 'is missing');
    return;
  }
  choices.forEach((rule: unknown, index) => {
    const place = `Choices[${String(index)}]`;
    checkRule(rule, place, true, report);
    if (isJsonObject(rule)) checkTarget(rule['Next'], `${place}.Next`, siblings, report);
  });
}

function checkRule(rule: unknown, place: string, outermost: boolean, report: Report): void {
  if (!isJsonObject(rule)) {
    report(place, 'is no rule');
    return;
  }
  const operators = Object.keys(rule).filter((field) => !['Next', 'Comment', 'Variable'].includes(field));
  const [operator] = operators;
  if (operator === undefined || operators.length > 1) {
    report(place, 'a rule has exactly one operator');
    return;
  }
  if ('Next' in rule && !outermost) report(`${place}.Next`, 'only the outermost rule has a Next');
  const operand = rule[operator];
  if (operator === 'Not') {
    checkRule(operand, `${place}.Not`, false, report);
  } else if (operator === 'And' || operator === 'Or') {
    if (!Array.isArray(operand) || operand.length === 0)
      report(`${place}.${operator}`, 'is no list of rules');
    else
      operand.forEach((inner: unknown, index) => {
        checkRule(inner, `${place}.${operator}[${String(index)}]`, false, report);
      });
  } else {
    const type = COMPARISONS[operator];
    if (type === undefined) {
      report(`${place}.${operator}`, 'is not supported');
      return;
    }
    checkPath(rule['Variable'], `${place}.Variable`, {}, report);
    if (type === 'path') checkPath(operand, `${place}.${operator}`, {}, report);
    else if (type === 'timestamp' ? !isTimestamp(operand) : typeof operand !== type) {
      report(`${place}.${operator}`, `${JSON.stringify(operand)} is no ${type}`);
    }
  }
}
