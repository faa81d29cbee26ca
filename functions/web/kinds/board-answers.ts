import type { Escalation } from '../../../shared/domain/return.ts';
import { answerEscalations } from '../../../shared/stages/answers.ts';
import { answerField, parseBoardAnswers } from '../forms/board-answers.ts';
import type { FieldFault } from '../forms/form.ts';
import { done, fingerprint, formView, page } from './kind.ts';
import type { AnswerKind, Situation } from './kind.ts';

/** The board is asked at the meeting that opens a cycle, about the report that lay before it then. */
const itemsOf = (situation: Situation): Promise<readonly Escalation[]> =>
  situation.desk.escalations.before(situation.request.cycle);

const basisOf = (items: readonly Escalation[]): string =>
  fingerprint(items.map(({ id, answer }) => [id, answer]));

const recordedOf = async (
  { desk, request }: Situation,
  items: readonly Escalation[],
): Promise<Readonly<Record<string, unknown>>> => {
  const groups = [...new Set(items.map(({ group }) => group))];
  const names = new Map(
    await Promise.all(groups.map(async (group) => [group, await desk.directory.bodyName(group)] as const)),
  );
  const { board } = await desk.cycles.known(request.cycle);
  return {
    board,
    unanswered: items.filter(({ state }) => state !== 'answered').length,
    items: items.map((item) => ({ ...item, groupName: names.get(item.group) ?? item.group })),
  };
};

const view = async (
  situation: Situation,
  items: readonly Escalation[],
  values: Readonly<Record<string, string>>,
  status: number,
  faults: readonly FieldFault[] = [],
) =>
  page(
    'board-answers',
    {
      recorded: await recordedOf(situation, items),
      theirs: status === 409,
      form: formView(values, basisOf(items), faults),
    },
    status,
  );

export const boardAnswers: AnswerKind = {
  recorded: async (situation) => recordedOf(situation, await itemsOf(situation)),
  async show(situation) {
    const items = await itemsOf(situation);
    const values = Object.fromEntries(items.map(({ answer }, place) => [answerField(place), answer]));
    return view(situation, items, values, 200);
  },
  async answer(situation, form) {
    const items = await itemsOf(situation);
    const { value, faults } = parseBoardAnswers(form, items.length);
    if (faults !== undefined) return view(situation, items, form.values, 400, faults);
    const given = items.flatMap((escalation, place) => {
      const answer = value[place] ?? '';
      return answer === '' || answer === escalation.answer ? [] : [{ escalation, answer }];
    });
    if (given.length === 0 && situation.request.state === 'answered') return done;
    if (form.text('basis') !== basisOf(items)) return view(situation, items, form.values, 409);
    await answerEscalations(situation.desk, situation.request, given, 'page');
    const left = items.filter(
      ({ state, id }) => state !== 'answered' && !given.some((one) => one.escalation.id === id),
    );
    return left.length === 0 ? done : { goTo: '?saved=answers' };
  },
};
