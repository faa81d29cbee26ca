import { describe, expect, test } from 'vitest';

import type { Request } from '../../../../shared/domain/request.ts';
import {
  ask,
  cycleId,
  deed,
  emptyStores,
  later,
  openCycle,
  opened,
  refused,
} from '../../../support/cycle-stores.ts';

describe('the Chairs Group', () => {
  const content = { overview: 'All met', commonConcerns: [], achievements: [], asks: [] };

  test('has one draft of its summary, saved and approved by who has read it last', async () => {
    const stores = emptyStores();
    await openCycle(stores);
    const draft = await stores.chairsGroup.draftSummary(cycleId, content, opened);
    const saved = await stores.chairsGroup.saveSummary(
      draft,
      { ...content, overview: 'Most met' },
      deed(1, 'ann'),
    );
    expect(await stores.chairsGroup.draftSummary(cycleId, content, later(2))).toEqual(saved);
    const request = await ask(stores, 'chairs-summary', { body: 'chairs', person: 'ann' });
    await refused(
      stores,
      stores.chairsGroup.approveSummary(draft, content, deed(3, 'ann'), request),
      'chairs',
    );
    const approved = await stores.chairsGroup.approveSummary(saved, saved.content, deed(3, 'ann'), request);
    expect(approved).toMatchObject({
      state: 'approved',
      approvedBy: 'ann',
      approvedAt: later(3),
      revision: 3,
    });
    // Whoever writes on after the approval takes it back.
    expect(await stores.chairsGroup.saveSummary(approved, content, deed(4, 'ann'))).toMatchObject({
      state: 'draft',
      approvedAt: null,
      approvedBy: null,
    });
  });

  test('has representatives who are proposed once, confirmed, and listed from the newest', async () => {
    const stores = emptyStores();
    await openCycle(stores);
    const proposed = await stores.chairsGroup.proposeRepresentatives(cycleId, ['ann', 'dan'], opened);
    const request = await ask(stores, 'representatives', { body: 'chairs', person: 'ann' });
    await stores.chairsGroup.confirmRepresentatives(proposed, ['dan', 'eve'], deed(1, 'ann'), request);
    expect(await stores.chairsGroup.proposeRepresentatives(cycleId, ['ann', 'dan'], later(2))).toMatchObject({
      people: ['dan', 'eve'],
      state: 'confirmed',
    });
    const answered = (await stores.requests.get(request.id)) as Request;
    const stale = stores.chairsGroup.confirmRepresentatives(proposed, ['ann'], deed(2, 'ann'), answered);
    await refused(stores, stale, 'chairs');
    await stores.chairsGroup.proposeRepresentatives('2026-11-18', ['ann', 'eve'], later(3));
    const sofar: string[] = [];
    for await (const { cycle } of stores.chairsGroup.representativesSoFar()) sofar.push(cycle);
    expect(sofar).toEqual(['2026-11-18', cycleId]);
  });
});
