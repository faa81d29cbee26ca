/** `npm run deploy:local`: the product on a local AWS, with the example partnership loaded, until Ctrl-C. */

import { writeFile, mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as passTime } from 'node:timers/promises';

import { Command } from 'commander';

import { openStage } from '../../admin/deployed-stage.ts';
import { loadPartnership } from '../../admin/load.ts';
import { nameOf } from '../../shared/contracts/names.ts';
import { multiplyFolder } from '../../shared/import/multiply.ts';
import { readPartnershipFolder } from '../../shared/import/read-folder.ts';
import { toInstant } from '../../shared/time/calendar.ts';
import { fastClock, systemClock } from '../../shared/time/clock.ts';
import { deployLocally } from './deployment.ts';
import { changeVariables, invoke } from './lambda.ts';
import { startLocalAws } from './ministack.ts';

const root = resolve(import.meta.dirname, '../..');
const mailFolder = join(root, 'out/local-aws/emails');
/** A day in two minutes: slow enough to answer by hand. */
const speed = 720;
const start = '2026-09-16T11:00:00Z';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

new Command('npm run deploy:local')
  .description(
    'Deploys the product to a local AWS with three LCPGs of examples/kent, and runs it until Ctrl-C. ' +
      'A day passes in two minutes; the emails are written to out/local-aws/emails. Needs Python 3.10 or later.',
  )
  .helpOption('-h, --help', 'shows this')
  .parse();

const { folder } = readPartnershipFolder(join(root, 'examples/kent'));
if (folder === undefined) throw new Error('examples/kent has faults: npm run admin -- check examples/kent');

say('Starting a local AWS …');
const aws = await startLocalAws();
const ended = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    ended.abort();
  });
try {
  Object.assign(process.env, aws.variables);
  say('Deploying …');
  const now = (): string => toInstant(systemClock.now());
  const outputs = await deployLocally(aws, { start, realStart: now(), speed });
  const realStart = now();
  await changeVariables(aws, {
    CLOCK_START: start,
    CLOCK_REAL_START: realStart,
    CLOCK_SPEED: String(speed),
  });
  const clock = fastClock(start, realStart, speed);
  const stage = await openStage('rehearsal', clock);
  await loadPartnership(stage, multiplyFolder(folder, 3), start, say);
  await mkdir(mailFolder, { recursive: true });
  const origin = outputs['WebOrigin'] ?? '';
  const api = new URL(origin).hostname.split('.')[0] ?? '';
  say(`
The product runs on ${aws.endpoint} (account 000000000000, eu-west-2, credentials test/test).
Pages: ${aws.endpoint}/_aws/execute-api/${api}/$default/
       In the emails they are at ${origin}/; replace that by the address above.
Emails: ${mailFolder}
A day passes in two minutes. The first cycle begins at ${clock.realInstant('2026-09-16T11:30:00Z')}.
Ctrl-C ends it, and nothing is kept.`);
  for (let written = 0; !ended.signal.aborted;) {
    // The hourly sweep, at the clock's pace.
    await invoke(aws, nameOf('rehearsal', 'sweep'), { partnership: 'kent' }).catch((error: unknown) => {
      say(String(error));
    });
    for (; written < aws.mail.length; written += 1) {
      const email = aws.mail[written];
      const file = `${String(written + 1).padStart(4, '0')}-${email?.to ?? ''}.eml`;
      if (email !== undefined) await writeFile(join(mailFolder, file), email.raw);
      say(`${toInstant(clock.now())}  ${file}`);
    }
    await passTime(5_000, undefined, { signal: ended.signal }).catch(() => undefined);
  }
} catch (error) {
  // Ctrl-C ends the command line of the CDK as well, which is no fault.
  if (!ended.signal.aborted) throw error;
} finally {
  await aws.stop();
}
