import { expect } from 'vitest';

import type { SmallWorld } from '../../support/small-partnership.ts';
import type { Browser, Got } from './browser.ts';
import { followed } from './browser.ts';

/** The code that has been emailed since the errands ran last. */
export const emailedCode = async (world: SmallWorld): Promise<string> => {
  const message = (await world.runErrands()).find(({ kind }) => kind === 'confirmation-code');
  if (message?.kind !== 'confirmation-code') throw new Error('no code has been emailed');
  return message.code;
};

/** Follows an answer to the page that asks for its code, and types the code in. */
export const typeCode = async (
  world: SmallWorld,
  browser: Browser,
  path: string,
  pressed: Got,
): Promise<Got> => {
  expect(pressed.status, pressed.body).toBe(303);
  expect(followed(path, pressed)).toMatch(/\/confirm$/);
  return browser.post(`${path}/confirm`, { code: await emailedCode(world) });
};
