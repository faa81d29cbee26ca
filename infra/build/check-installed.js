// Says what is missing before anything needs it. Plain JavaScript, as the Node that is there may be any.
import { existsSync } from 'node:fs';
import process from 'node:process';
import { URL } from 'node:url';

if (!existsSync(new URL('../../node_modules/nunjucks', import.meta.url))) {
  process.stderr.write('The packages are not installed yet. Run this first: npm ci\n');
  process.exitCode = 1;
}
