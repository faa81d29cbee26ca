import type { GroupReturn, ReturnSection } from '../../../shared/domain/return.ts';
import { isReceived, sectionsOf } from '../../../shared/domain/return.ts';
import { changeReturnSection, saveReturnSection, submitReturn } from '../../../shared/stages/answers.ts';
import { oneOf } from '../forms/form.ts';
import type { FieldFault, Form } from '../forms/form.ts';
import { gapsOf, missingParts, parseSection, sectionForms } from '../forms/return.ts';
import type { ReturnSetting } from '../forms/return.ts';
import { done, fingerprint, formView, page } from './kind.ts';
import type { AnswerKind, PageReply, Reply, Situation } from './kind.ts';
import { readable, returnOf, returnSetting } from './return-reading.ts';

const checkAnswers = 'check';

const sentBackOf = async (
  { desk }: Situation,
  given: GroupReturn,
): Promise<{ readonly by: string; readonly comment: string } | null> =>
  given.state === 'sent-back'
    ? { by: (await desk.directory.person(given.sentBackBy))?.name ?? '', comment: given.comment }
    : null;

const taskList = async (situation: Situation, given: GroupReturn): Promise<PageReply> => {
  const setting = await returnSetting(situation, given);
  const missing = new Set(missingParts(given.content, setting).map(({ section }) => section));
  return page('return', {
    recorded: await recordedOf(situation, given),
    saved: oneOf(sectionsOf(situation.partnership), situation.query.get('saved') ?? '') ?? '',
    ready: missing.size === 0,
    sections: sectionsOf(situation.partnership).map((section) => ({
      section,
      // Prefilled is not yet looked at, so it counts as to do until it was saved.
      state: missing.has(section) ? 'missing' : given.saved.includes(section) ? 'saved' : 'to-do',
    })),
    form: formView({}, ''),
  });
};

const recordedOf = async (situation: Situation, given: GroupReturn) => ({
  given,
  sentBack: await sentBackOf(situation, given),
});

/** A section's form as its fields hold it; the basis of one section, so that two people can work on two. */
const basisOf = (section: ReturnSection, given: GroupReturn, setting: ReturnSetting): string =>
  fingerprint(sectionForms[section].values(given.content, setting));

const lists: Readonly<Partial<Record<ReturnSection, string>>> = {
  achievements: 'achievement',
  concerns: 'concern',
  escalations: 'escalation',
  safeguarding: 'matter',
  actions: 'action',
  grants: 'grant',
};

/** The numbers of a list's items on the page: those that are there, and empty ones to write in. */
const rowsOf = (
  section: ReturnSection,
  values: Readonly<Record<string, string>>,
  more: number,
): readonly number[] => {
  const prefix = lists[section];
  if (prefix === undefined) return [];
  const pattern = new RegExp(`^${prefix}-(\\d{1,3})-`);
  const last = Math.max(0, ...Object.keys(values).map((field) => Number(pattern.exec(field)?.[1] ?? 0)));
  return Array.from({ length: Math.min(last + more, 60) }, (_, at) => at + 1);
};

interface SectionView {
  readonly values?: Readonly<Record<string, string>>;
  readonly faults?: readonly FieldFault[];
  readonly theirs?: boolean;
  /** How many empty items stand below those that were written. */
  readonly empty?: number;
}

const sectionPage = async (
  situation: Situation,
  section: ReturnSection,
  given: GroupReturn,
  setting: ReturnSetting,
  { values, faults = [], theirs = false, empty }: SectionView = {},
): Promise<PageReply> => {
  const shown = values ?? sectionForms[section].values(given.content, setting);
  const figures =
    section === 'indicators'
      ? await situation.desk.indicators.figures(situation.request.cycle, given.group)
      : [];
  return page(
    `return-${section}`,
    {
      recorded: await recordedOf(situation, given),
      section,
      setting,
      theirs: theirs ? await readable(situation, given, setting) : null,
      rows: rowsOf(section, shown, empty ?? (values === undefined ? 1 : 0)),
      commented: setting.commented.map((id) => ({
        id,
        name: setting.indicators.find((one) => one.id === id)?.name ?? id,
        figure: figures.find(({ indicator }) => indicator === id) ?? null,
      })),
      form: formView(shown, basisOf(section, given, setting), faults, (field) =>
        /-(?:due|review|from|to)$/.test(field),
      ),
    },
    theirs ? 409 : faults.length > 0 ? 400 : 200,
  );
};

const checkPage = async (
  situation: Situation,
  given: GroupReturn,
  setting: ReturnSetting,
  status = 200,
  values: Readonly<Record<string, string>> = {},
  faults: readonly FieldFault[] = [],
): Promise<PageReply> => {
  const missing = missingParts(given.content, setting);
  const view = formView(values, fingerprint(given.content), faults);
  return page(
    'return-check',
    {
      recorded: await recordedOf(situation, given),
      reading: await readable(situation, given, setting),
      missing,
      gaps: gapsOf(given.content, sectionsOf(situation.partnership), setting),
      theirs: status === 409,
      // What is missing leads to its section, a page of its own: the address is relative to this one's.
      form: { ...view, summary: status === 400 ? [...missing, ...view.summary] : [] },
    },
    status,
  );
};

const saveSection = async (
  situation: Situation,
  section: ReturnSection,
  given: GroupReturn,
  setting: ReturnSetting,
  form: Form,
): Promise<Reply> => {
  const { desk, request } = situation;
  const values = form.values;
  if (form.line('do') === 'add') return sectionPage(situation, section, given, setting, { values, empty: 1 });
  const { value: content, faults } = parseSection(section, form, given.content, setting);
  if (faults !== undefined) return sectionPage(situation, section, given, setting, { values, faults });
  const basis = basisOf(section, given, setting);
  const same = fingerprint(sectionForms[section].values(content, setting)) === basis;
  if (form.text('basis') !== basis && !same)
    return sectionPage(situation, section, given, setting, { values, theirs: true });
  if (!same || !given.saved.includes(section)) {
    const missing = missingParts(content, setting);
    // What was handed in stays complete: a change of it may not take away what has to be there.
    if (isReceived(given) && given.state !== 'sent-back' && missing.length > 0)
      return sectionPage(situation, section, given, setting, {
        values,
        faults: missing.map((part) => ({
          field: part.section === section ? part.field : 'section',
          message: part.message,
        })),
      });
    await (same ? saveReturnSection : changeReturnSection)(desk, request, given, content, section);
  }
  return { goTo: `?saved=${section}` };
};

const handIn = async (
  situation: Situation,
  given: GroupReturn,
  setting: ReturnSetting,
  form: Form,
): Promise<Reply> => {
  // Pressed a second time, or changed and saved since: it is in.
  if (given.state === 'submitted' || given.state === 'signed') return done;
  const faults = form.senderFaults;
  if (faults.length > 0 || missingParts(given.content, setting).length > 0)
    return checkPage(situation, given, setting, 400, form.values, faults);
  if (form.text('basis') !== fingerprint(given.content)) return checkPage(situation, given, setting, 409);
  await submitReturn(situation.desk, situation.request, given, 'page');
  return done;
};

export const groupReturn: AnswerKind = {
  recorded: async (situation) => recordedOf(situation, await returnOf(situation)),
  async show(situation) {
    const given = await returnOf(situation);
    if (situation.section === '') return taskList(situation, given);
    const setting = await returnSetting(situation, given);
    if (situation.section === checkAnswers) return checkPage(situation, given, setting);
    const section = oneOf(sectionsOf(situation.partnership), situation.section);
    return section === undefined ? 'no-such-section' : sectionPage(situation, section, given, setting);
  },
  async answer(situation, form) {
    const section = oneOf([...sectionsOf(situation.partnership), checkAnswers] as const, situation.section);
    if (section === undefined) return situation.section === '' ? { goTo: '' } : 'no-such-section';
    const given = await returnOf(situation);
    const setting = await returnSetting(situation, given);
    if (section === checkAnswers) return handIn(situation, given, setting, form);
    return saveSection(situation, section, given, setting, form);
  },
};
