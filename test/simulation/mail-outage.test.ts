import { describe, expect, test } from 'vitest';

import type { OutgoingEmail } from '../../shared/mail/mailer.ts';
import { NotSent } from '../../shared/mail/mailer.ts';
import type { Instant } from '../../shared/time/calendar.ts';
import { everybodyBut, onlyGroup, Scene } from '../support/world.ts';

/** SES takes no email of a kind until an instant: a used-up quota, sending that is paused. */
const refuse = (scene: Scene, kind: string, until: Instant): void => {
  const { outbox } = scene.world;
  const send = outbox.send.bind(outbox);
  outbox.send = async (email: OutgoingEmail) => {
    if (email.ledgerKey.startsWith(`${kind}|`) && scene.now < until)
      throw new NotSent('the quota is used up', true);
    return send(email);
  };
};

const play = (): Promise<Scene> =>
  Scene.open({ folder: onlyGroup('ashford'), habit: everybodyBut('chairs-summary') });

describe('an email that SES does not take', () => {
  test('goes when SES takes it again, within the day and half an hour, and nothing stops', async () => {
    const scene = await play();
    refuse(scene, 'minutes-request', '2026-09-17T14:00:00Z');
    await scene.to('2026-09-17 14:59');
    expect(scene.got('minutes-request')).toEqual([]);
    await scene.to('2026-09-17 15:31');
    expect(scene.readers('minutes-request')).toEqual(['sam']);
    expect(scene.failures).toEqual([]);
  });

  test('for longer than a day stops its part, and the secretariat is told; the rest goes on', async () => {
    const scene = await play();
    refuse(scene, 'minutes-request', '2026-12-31T00:00:00Z');
    await scene.to('2026-09-17 15:00');
    expect(scene.failures).toEqual([]);
    await scene.to('2026-09-17 17:00');
    expect(scene.failures[0]).toMatch(/^ask .*NotSent/);
    expect(scene.readers('part-stopped')).toEqual(['della', 'sam']);
    expect(scene.readers('meeting-date-set')).toEqual(['cora']);
  });

  test('at the Chairs Group’s pack is told at the end, and the report reaches the secretariat', async () => {
    const scene = await play();
    refuse(scene, 'chairs-pack', '2026-12-31T00:00:00Z');
    await scene.toTheEnd();
    expect(scene.got('chairs-pack')).toEqual([]);
    expect(scene.readers('board-report')).toContain('sam');
    const [told] = scene.emails({ kind: 'part-stopped' });
    expect(told?.subject).toMatch(/Chairs Group/);
    expect(await scene.place.cycles.get(scene.cycle)).toMatchObject({ state: 'closed' });
  });
});
