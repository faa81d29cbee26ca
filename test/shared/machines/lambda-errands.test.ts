import { expect, it } from 'vitest';

import type { AwsRequest } from '../../../shared/aws/call.ts';
import { lambdaErrands } from '../../../shared/machines/lambda-errands.ts';

it('has the function invoked without waiting for what it does', async () => {
  const asked: AwsRequest[] = [];
  const errands = lambdaErrands((request) => {
    asked.push(request);
    return Promise.resolve('');
  }, 'lcpg-production-run-errand');
  await errands.runNow('kent', 'confirmation/abc');
  expect(asked).toMatchObject([
    {
      service: 'lambda',
      path: '/2015-03-31/functions/lcpg-production-run-errand/invocations',
      headers: { 'x-amz-invocation-type': 'Event' },
    },
  ]);
  expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ partnership: 'kent', name: 'confirmation/abc' });
});
