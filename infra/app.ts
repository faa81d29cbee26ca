import { App } from 'aws-cdk-lib';

import { build } from './build/build.ts';
import { buildFunctions } from './build/functions.ts';
import { readConfig } from './config/read-config.ts';
import { ConfigFault } from './config/schema.ts';
import { addProduct, functionFiles } from './product.ts';

const app = new App();
const context = (name: string): unknown => app.node.tryGetContext(name);
try {
  const config = readConfig({ stage: context('stage'), local: context('local'), clock: context('clock') });
  // The functions' bundles hold the compiled templates.
  await build();
  await buildFunctions(functionFiles);
  addProduct(app, config);
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigFault)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
