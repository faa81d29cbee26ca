import type { AwsCall } from '../aws/call.ts';
import type { Errands } from '../contracts/errands.ts';

/** The function of the errands, invoked without waiting for what it does; Lambda tries it again where it fails. */
export const lambdaErrands = (call: AwsCall, functionName: string): Errands => ({
  runNow: async (partnership, name) => {
    await call({
      service: 'lambda',
      path: `/2015-03-31/functions/${functionName}/invocations`,
      headers: { 'content-type': 'application/json', 'x-amz-invocation-type': 'Event' },
      body: JSON.stringify({ partnership, name }),
    });
  },
});
