import { expect, test } from 'vitest';

import type { SentEmail } from '../../rehearsal/outbox.ts';
import { nobody, people, playedFolder, Scene } from '../support/world.ts';

const second = '2026-11-18';

/** Opens a cycle in which nobody answers what is asked, and the secretariat is asked for two things at once. */
const silent = async (digest: 'monday' | 'off'): Promise<Scene> => {
  const scene = await Scene.open({
    folder: { ...playedFolder, partnership: { ...playedFolder.partnership, digest } },
  });
  await scene.to(`${second} 12:00`);
  scene.behave(nobody);
  await scene.toTheEnd(second);
  return scene;
};

const steps = (scene: Scene, kinds: readonly string[]): readonly string[] =>
  scene
    .emails({ from: `${second}T12:00:00Z` })
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ kind, person, sentAt, ledgerKey }) => `${kind} ${person} ${scene.local(sentAt)} ${ledgerKey}`);

const links = (scene: Scene, email: SentEmail): readonly string[] =>
  scene.text(email).match(/https:\S+\/answer\/[\w-]{43}/gu) ?? [];

test('whoever has several things open gets them in one email, each with its own link', async () => {
  const scene = await silent('monday');
  const digests = scene.emails({ kind: 'digest' });
  expect(digests.length).toBeGreaterThan(0);
  for (const digest of digests) {
    expect(new Date(digest.sentAt).getUTCDay()).toBe(1);
    expect(new Set(links(scene, digest)).size).toBeGreaterThan(1);
    // Nothing that stands in it is reminded of by itself from that Monday to the Sunday after.
    const reminders = scene
      .emails({ kind: 'reminder', from: digest.sentAt })
      .filter(({ sentAt }) => Date.parse(sentAt) - Date.parse(digest.sentAt) < 6 * 86_400_000);
    for (const reminder of reminders) expect(links(scene, digest)).not.toContain(links(scene, reminder)[0]);
  }
  const first = digests.find(({ person }) => person === people.secretary.id);
  expect(scene.text(first)).toContain('We are waiting for 2 answers from you.');
  expect(scene.failures).toEqual([]);
});

test('digests change nothing about who else is told, and when', async () => {
  const [on, off] = [await silent('monday'), await silent('off')];
  expect(off.emails({ kind: 'digest' })).toEqual([]);
  expect(steps(on, ['escalation'])).toEqual(steps(off, ['escalation']));
  expect(steps(on, ['escalation']).length).toBeGreaterThan(0);
  expect(steps(on, ['reminder', 'digest']).length).toBeLessThanOrEqual(
    steps(off, ['reminder', 'digest']).length,
  );
});
