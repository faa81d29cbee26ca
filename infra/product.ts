import type { App } from 'aws-cdk-lib';
import { Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';

import { taskNames } from '../statemachines/load.ts';
import type { StageConfig } from './config/schema.ts';
import { deploymentOf } from './constructs/deployment.ts';
import { DataStack } from './stacks/data-stack.ts';
import { MailStack } from './stacks/mail-stack.ts';
import { WatchStack } from './stacks/watch-stack.ts';
import { WebStack } from './stacks/web-stack.ts';
import { WorkflowStack } from './stacks/workflow-stack.ts';

/** The files of all functions that the stacks deploy, below `functions` and without their ending. */
export const functionFiles: readonly string[] = [
  ...taskNames.map((name) => `workflow/${name}`),
  'schedule/start-cycle',
  'schedule/sweep',
  'schedule/run-errand',
  'mail/record-delivery',
  'mail/receive-mail',
  'web/handle-request',
];

/** The stacks of one deployment: what must outlive the rest in `data`, what can be made again in the others. */
export const addProduct = (app: App, config: StageConfig & { readonly local: boolean }) => {
  const { local, ...settings } = config;
  const deployment = deploymentOf(settings, local);
  const props = { env: { account: config.account, region: config.region }, deployment };
  const name = (stack: string) => ({ ...props, stackName: deployment.nameOf(stack) });
  const data = new DataStack(app, 'data', name('data'));
  const web = new WebStack(app, 'web', name('web'));
  const mail = new MailStack(app, 'mail', { ...name('mail'), data, webOrigin: web.origin });
  const workflow = new WorkflowStack(app, 'workflow', {
    ...name('workflow'),
    data,
    mail,
    webOrigin: web.origin,
  });
  // A local AWS knows no alarms on sums of metrics, and has nobody to tell.
  const watch = local
    ? undefined
    : new WatchStack(app, 'watch', { ...name('watch'), data, mail, web, workflow });
  // They know each other's things by name, which the CDK does not see.
  for (const stack of [mail, web, workflow]) stack.addStackDependency(data);
  Tags.of(app).add('product', 'lcpg-cycle');
  Tags.of(app).add('stage', config.stage);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return { data, mail, web, workflow, watch };
};
