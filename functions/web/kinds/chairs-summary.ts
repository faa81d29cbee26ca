import type { ChairsSummary, ChairsSummaryContent } from '../../../shared/domain/chairs-group.ts';
import { approveSummary, saveSummary } from '../../../shared/stages/answers.ts';
import { parseSummary } from '../forms/chairs-summary.ts';
import type { FieldFault } from '../forms/form.ts';
import { done, fingerprint, formView, needsCode, page } from './kind.ts';
import type { AnswerKind, PageReply, Situation } from './kind.ts';

const summaryOf = async ({ desk, request }: Situation): Promise<ChairsSummary> => {
  const summary = await desk.chairsGroup.summary(request.cycle);
  if (summary === undefined) throw new Error(`no summary has been drafted for ${request.cycle}`);
  return summary;
};

const valuesOf = (content: ChairsSummaryContent): Readonly<Record<string, string>> => ({
  overview: content.overview,
  commonConcerns: content.commonConcerns.join('\n'),
  achievements: content.achievements.join('\n'),
  asks: content.asks.join('\n'),
});

const view = async (
  { desk, request }: Situation,
  summary: ChairsSummary,
  values: Readonly<Record<string, string>>,
  status: number,
  faults: readonly FieldFault[] = [],
): Promise<PageReply> => {
  const { nextBoard } = await desk.cycles.known(request.cycle);
  return page(
    'chairs-summary',
    {
      recorded: { summary },
      nextBoard,
      theirs: status === 409,
      form: formView(values, fingerprint(summary.content), faults),
    },
    status,
  );
};

export const chairsSummary: AnswerKind = {
  recorded: async (situation) => ({ summary: await summaryOf(situation) }),
  async show(situation) {
    const summary = await summaryOf(situation);
    return view(situation, summary, valuesOf(summary.content), 200);
  },
  async answer(situation, form) {
    const { desk, request } = situation;
    const approving = form.line('do') === 'approve';
    const summary = await summaryOf(situation);
    const { value, faults } = parseSummary(form, approving);
    if (faults !== undefined) return view(situation, summary, form.values, 400, faults);
    const same = fingerprint(value) === fingerprint(summary.content);
    if (form.text('basis') !== fingerprint(summary.content) && !same)
      return view(situation, summary, form.values, 409);
    if (approving) {
      const approvedAlready = same && summary.state === 'approved' && request.state === 'answered';
      if (!approvedAlready && !situation.confirmed) return needsCode;
      if (!approvedAlready) await approveSummary(desk, request, summary, value, 'page');
      return done;
    }
    // Saving what stands there already changes nothing, so an approved summary stays approved.
    if (!same) await saveSummary(desk, request, summary, value);
    return { goTo: '?saved' };
  },
};
