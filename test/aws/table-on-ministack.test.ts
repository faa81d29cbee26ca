import { afterAll, beforeAll, describe } from 'vitest';

import { describeTable } from '../support/table-contract.ts';
import type { LocalAws } from './ministack.ts';
import { startLocalAws } from './ministack.ts';
import { openTable } from './open-table.ts';

describe('DynamoTable', () => {
  let aws: LocalAws;
  // The first run installs it.
  beforeAll(async () => {
    aws = await startLocalAws();
  }, 600_000);
  afterAll(async () => {
    await aws.stop();
  });

  describeTable('on MiniStack', () => openTable(aws.endpoint), { histories: 40 });
});
