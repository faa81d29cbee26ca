import { accessSync, constants } from 'node:fs';

import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';

const known = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] as const;

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Starts the machine's own Chromium, without a window.
 * @throws {Error} saying what to install when there is none
 */
export const launchChromium = async (): Promise<Browser> => {
  const named = process.env['CHROMIUM_PATH'];
  const executablePath = named ?? known.find(isProgram);
  if (executablePath === undefined || !isProgram(executablePath))
    throw new Error(
      named === undefined
        ? `These tests need Chromium. Install it (on Debian: apt-get install chromium), or say where it is in CHROMIUM_PATH. Looked for: ${known.join(', ')}`
        : `CHROMIUM_PATH is ${named}, which is no program.`,
    );
  // The sandbox of Chromium does not start for root, as whom containers run; only pages of this machine are opened.
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--force-color-profile=srgb'] });
};
