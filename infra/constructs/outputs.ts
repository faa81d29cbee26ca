import type { Stack } from 'aws-cdk-lib';
import { CfnOutput } from 'aws-cdk-lib';

/** What the command line and the administrator need to know of a deployed stack. */
export const outputs = (stack: Stack, values: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(values))
    new CfnOutput(stack, `Output${name}`, { key: name, value });
};
