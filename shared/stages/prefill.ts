import type { Cycle } from '../domain/cycle.ts';
import { asksForCommentary } from '../domain/figure.ts';
import type { Presence, ReturnContent } from '../domain/return.ts';
import { emptyReturnContent } from '../domain/return.ts';
import type { AnswerDesk } from './workplace.ts';

/** What an answer to the invitation makes of a person's presence; the co-ordinator corrects it. */
const presenceOf = {
  attending: 'present',
  apologies: 'apologies',
  substitute: 'substitute',
} as const satisfies Record<string, Presence>;

/**
 * A return as the co-ordinator finds it: attendance from the answers, and a place for each figure that asks for words, with
 * what was written of it last cycle. Who did not answer the invitation, and how the open actions stand, is left open: what
 * nobody said must not overrule what an owner says meanwhile.
 */
export const prefilledReturn = async (
  desk: AnswerDesk,
  cycle: Cycle,
  group: string,
): Promise<ReturnContent> => {
  const [attendance, figures, previousCycle] = await Promise.all([
    desk.attendance.of(cycle.id, group),
    desk.indicators.figures(cycle.id, group),
    desk.cycles.previous(cycle.id),
  ]);
  const previous = previousCycle === undefined ? undefined : await desk.returns.of(previousCycle.id, group);
  const written = new Map(previous?.content.commentaries.map(({ indicator, text }) => [indicator, text]));
  return {
    ...emptyReturnContent,
    attendance: attendance.flatMap(({ person, answer }) =>
      answer === null ? [] : [{ person, presence: presenceOf[answer.response] }],
    ),
    commentaries: figures
      .filter(asksForCommentary)
      .map(({ indicator }) => ({ indicator, text: written.get(indicator) ?? '' })),
  };
};
