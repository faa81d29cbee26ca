import { describe, expect, test } from 'vitest';

import { cycleId, emptyStores, group, later, whats } from '../../../support/cycle-stores.ts';

describe('the audit', () => {
  test('tells what happened in order, by body, and keeps notes', async () => {
    const stores = emptyStores();
    const note = { at: later(5), by: 'system', what: 'part-stopped', about: group, detail: { cause: 'x' } };
    await stores.audit.note(cycleId, group, note);
    await stores.meetings.place(cycleId, group, null, later(1));
    await stores.meetings.place(cycleId, 'dover', null, later(1));
    expect(await whats(stores)).toEqual(['meeting-placed', 'part-stopped']);
    expect((await stores.audit.of(cycleId, group))[1]).toEqual(note);
  });
});
