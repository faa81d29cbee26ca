import type { ChairsSummaryContent } from '../domain/chairs-group.ts';
import { isUntouched } from '../domain/chairs-group.ts';
import type { Cycle } from '../domain/cycle.ts';
import type { Partnership } from '../domain/partnership.ts';
import { draftChairsPack } from '../report/chairs-pack.ts';
import { Conflict } from '../store/cycles/deed.ts';
import { dossiersOf } from './dossiers.ts';
import type { Workplace } from './workplace.ts';
import { nowOf } from './workplace.ts';

/**
 * Drafts the summary again from the returns that have come since the Chairs Group's pack, where nobody has written in it:
 * who approves it is not to approve numbers that are out of date.
 */
export const refreshSummary = async (
  place: Workplace,
  partnership: Partnership,
  cycle: Cycle,
): Promise<void> => {
  const summary = await place.chairsGroup.summary(cycle.id);
  if (summary === undefined || !isUntouched(summary)) return;
  const at = nowOf(place);
  const draft: ChairsSummaryContent = draftChairsPack({
    partnership,
    cycle,
    indicators: await place.indicators.definitions(),
    dossiers: await dossiersOf(place, partnership, cycle),
    preparedAt: at,
  }).draft;
  try {
    await place.chairsGroup.redraftSummary(summary, draft, at);
  } catch (error) {
    // Somebody has just written in it.
    if (!(error instanceof Conflict)) throw error;
  }
};
