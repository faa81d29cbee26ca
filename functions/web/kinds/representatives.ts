import type { Representatives } from '../../../shared/domain/chairs-group.ts';
import { confirmRepresentatives } from '../../../shared/stages/answers.ts';
import type { FieldFault } from '../forms/form.ts';
import { parseRepresentatives } from '../forms/representatives.ts';
import { done, fingerprint, formView, page } from './kind.ts';
import type { AnswerKind, PageReply, Situation } from './kind.ts';

interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly groupName: string;
}

/** The chairs, each once, by the name of the LCPG. */
const candidatesOf = async ({ desk, today }: Situation): Promise<readonly Candidate[]> => {
  const chairs = await desk.directory.holders('chair', today);
  const bodies = [...new Set(chairs.map(({ body }) => body))];
  const found = await Promise.all(bodies.map((body) => desk.directory.body(body)));
  const names = new Map(
    found.flatMap((body) => (body?.kind === 'lcpg' ? [[body.id, body.name] as const] : [])),
  );
  const candidates = new Map<string, Candidate>();
  for (const { who, body } of chairs) {
    const groupName = names.get(body);
    if (groupName !== undefined && !candidates.has(who.id))
      candidates.set(who.id, { id: who.id, name: who.name, groupName });
  }
  return [...candidates.values()].sort((one, other) =>
    one.groupName < other.groupName ? -1 : one.groupName > other.groupName ? 1 : 0,
  );
};

const standingOf = async ({ desk, request }: Situation): Promise<Representatives> => {
  const standing = await desk.chairsGroup.representatives(request.cycle);
  if (standing === undefined) throw new Error(`no representatives have been proposed for ${request.cycle}`);
  return standing;
};

const recordedOf = async (situation: Situation, standing: Representatives) => {
  const { nextBoard } = await situation.desk.cycles.known(situation.request.cycle);
  const people = await situation.desk.directory.people(standing.people);
  return {
    nextBoard,
    state: standing.state,
    names: people.map(({ name }) => name),
  };
};

const view = async (
  situation: Situation,
  standing: Representatives,
  chosen: readonly string[],
  status: number,
  faults: readonly FieldFault[] = [],
): Promise<PageReply> =>
  page(
    'representatives',
    {
      recorded: await recordedOf(situation, standing),
      candidates: (await candidatesOf(situation)).map(({ id, name, groupName }) => ({
        value: id,
        text: `${name} (${groupName})`,
      })),
      chosen,
      theirs: status === 409,
      form: formView({}, fingerprint(standing.people), faults),
    },
    status,
  );

export const representatives: AnswerKind = {
  recorded: async (situation) => recordedOf(situation, await standingOf(situation)),
  show: async (situation) => view(situation, await standingOf(situation), [], 200),
  async answer(situation, form) {
    const standing = await standingOf(situation);
    const candidates = await candidatesOf(situation);
    const { value, faults } = parseRepresentatives(
      form,
      candidates.map(({ id }) => id),
    );
    if (faults !== undefined) return view(situation, standing, form.list('people'), 400, faults);
    const same =
      standing.state === 'confirmed' &&
      fingerprint([...standing.people].sort()) === fingerprint([...value].sort());
    if (same && situation.request.state === 'answered') return done;
    if (form.text('basis') !== fingerprint(standing.people)) return view(situation, standing, value, 409);
    await confirmRepresentatives(situation.desk, situation.request, standing, value, situation.way);
    return done;
  },
};
