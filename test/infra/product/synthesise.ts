/** The product's stacks as they are deployed, without the bundles. */

import { App } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import type { StageConfig } from '../../../infra/config/schema.ts';
import { addProduct } from '../../../infra/product.ts';

const { context } = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../cdk.json'), 'utf8')) as {
  readonly context: Readonly<Record<string, unknown>>;
};

/** A configuration with everything in it that a stage can have. */
export const wholeConfig: StageConfig = {
  stage: 'production',
  account: '111122223333',
  region: 'eu-west-2',
  partnerships: [{ id: 'kent', sender: 'lcpg@kent.example.org' }],
  mailDomain: 'kent.example.org',
  receivesMail: true,
  replyDomains: ['reply.kent.example.org'],
  web: {
    domain: 'lcpg.kent.example.org',
    certificate: 'arn:aws:acm:eu-west-2:111122223333:certificate/0a1b2c3d',
  },
  administrator: 'administrator@kent.example.org',
  logRetentionDays: 365,
  incomingMailDays: 180,
  oldVersionDays: 365,
  requestsPerSecond: 50,
  sweepGraceSeconds: 900,
  clock: null,
};

export const stackNames = ['data', 'mail', 'web', 'workflow', 'watch'] as const;
export type StackName = (typeof stackNames)[number];

/** Something in a template. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/**
 * The stacks of a configuration, and the template of each.
 * @param validated whether the CDK checks the templates against CloudFormation's schemas, which takes it seconds
 */
const synthesise = (config: StageConfig, local: boolean, validated: boolean) => {
  const app = new App({
    context: {
      ...context,
      'aws:cdk:bundling-stacks': [],
      '@aws-cdk/core:validateAgainstDefaultRules': validated,
    },
  });
  const stacks = addProduct(app, { ...config, local });
  const templates = new Map(
    stackNames.flatMap((name) => {
      const stack: Stack | undefined = stacks[name];
      return stack === undefined ? [] : [[name, Template.fromStack(stack)] as const];
    }),
  );
  const template = (name: StackName): Template => {
    const found = templates.get(name);
    if (found === undefined) throw new Error(`there is no stack ${name}`);
    return found;
  };
  return { app, stacks, template, templates };
};

let whole: ReturnType<typeof synthesise> | undefined;

/** The stacks of a configuration; those of the whole one are made and checked once. */
export const productOf = (config: StageConfig = wholeConfig, local = false) =>
  config === wholeConfig && !local
    ? (whole ??= synthesise(wholeConfig, false, true))
    : synthesise(config, local, false);

/** The resources of a type, by logical id. */
export const resourcesOf = (template: Template, type: string): Readonly<Record<string, Resource>> =>
  template.findResources(type) as Record<string, Resource>;
