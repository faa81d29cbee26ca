import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

import { awsCall } from '../../shared/aws/call.ts';
import type { ClientIdentity } from '../../shared/aws/sign.ts';
import type { WebEnvironment } from '../../shared/contracts/environment.ts';
import { lambdaErrands } from '../../shared/machines/lambda-errands.ts';
import { StepFunctionsMachines } from '../../shared/machines/step-functions-machines.ts';
import { cycleStores } from '../../shared/store/cycles/cycle-stores.ts';
import { Directory } from '../../shared/store/directory.ts';
import { documentClientOf, DynamoTable } from '../../shared/store/dynamo-table.ts';
import { Indicators } from '../../shared/store/indicators.ts';
import { Links } from '../../shared/store/links.ts';
import { S3Documents } from '../../shared/store/s3-documents.ts';
import { clockFromEnvironment } from '../clock-from-environment.ts';
import type { SiteDependencies } from './site-dependencies.ts';

/** Makes something when it is first asked for. */
const once = <Made>(make: () => Made): (() => Made) => {
  let made: Made | undefined;
  return () => (made ??= make());
};

/** A client that is made when it first sends. */
const sending = <Send extends (...given: never[]) => unknown>(
  client: () => { readonly send: Send },
): { readonly send: Send } => ({
  send: ((...given) => client().send(...given)) as Send,
});

/** Whose credentials and region a client uses, asked of it when they are needed. */
const identityOf = (client: () => DynamoDBClient): ClientIdentity['config'] => ({
  credentials: () => client().config.credentials(),
  region: () => client().config.region(),
});

/** What the site works with on AWS. Not the workplace of the tasks: it writes to nobody, and starts in half the time. */
export const siteFromEnvironment = (
  environment: WebEnvironment,
  notTold: (error: unknown) => void,
): Pick<SiteDependencies, 'links' | 'deskFor' | 'clock' | 'origin'> => {
  const clock = clockFromEnvironment(environment);
  // Made when the first page needs them, or in the idle moment after the start: a function is ready before.
  const client = once(() => new DynamoDBClient());
  const documentClient = once(() => documentClientOf(client()));
  setImmediate(documentClient);
  const dynamo = sending(documentClient);
  const directory = new DynamoTable(dynamo, environment.DIRECTORY_TABLE);
  const cycles = new DynamoTable(dynamo, environment.CYCLES_TABLE);
  const indicators = new DynamoTable(dynamo, environment.INDICATORS_TABLE);
  // Any client will do: its credentials and region sign the addresses.
  const identity = { config: identityOf(client) };
  const documents = new S3Documents(identity, environment.DOCUMENTS_BUCKET);
  const call = awsCall(identity);
  const errands = lambdaErrands(call, environment.ERRAND_FUNCTION);
  const machines = new StepFunctionsMachines(call, {
    cycle: environment.CYCLE_MACHINE,
    lcpg: environment.LCPG_MACHINE,
  });
  return {
    clock,
    origin: environment.WEB_ORIGIN,
    links: new Links(directory),
    deskFor: (partnership) => ({
      clock,
      directory: new Directory(directory, partnership),
      ...cycleStores(cycles, partnership),
      indicators: new Indicators(indicators, partnership),
      documents,
      machines,
      errands,
      notTold,
    }),
  };
};
