import { mostSubstitutes } from '../../../shared/domain/cycle.ts';
import { answerAttendance, OwnSubstitute, TooManySubstitutes } from '../../../shared/stages/answers.ts';
import { parseAttendance } from '../forms/attendance.ts';
import type { FieldFault, Form } from '../forms/form.ts';
import { done, formView, page } from './kind.ts';
import type { AnswerKind, PageReply, Situation } from './kind.ts';

const recorded = async ({ desk, request }: Situation): Promise<Readonly<Record<string, unknown>>> => {
  const [meeting, invited] = await Promise.all([
    desk.meetings.get(request.cycle, request.subject.body),
    desk.attendance.of(request.cycle, request.subject.body),
  ]);
  return {
    meeting: meeting ?? null,
    answer: invited.find(({ person }) => person === request.person)?.answer ?? null,
  };
};

const view = async (
  situation: Situation,
  values: Readonly<Record<string, string>> = {},
  faults: readonly FieldFault[] = [],
): Promise<PageReply> =>
  page(
    'attendance',
    { recorded: await recorded(situation), form: formView(values, '', faults) },
    faults.length > 0 ? 400 : 200,
  );

export const attendance: AnswerKind = {
  recorded,
  show: (situation) => view(situation),
  async answer(situation, form: Form) {
    const { value, faults } = parseAttendance(form);
    if (faults !== undefined) return view(situation, form.values, faults);
    // Each has one answer, and the last one counts: whoever answers again means it.
    try {
      await answerAttendance(situation.desk, situation.request, value, situation.way);
    } catch (error) {
      const { name } = situation.person;
      if (error instanceof OwnSubstitute)
        return view(situation, form.values, [
          error.part === 'email'
            ? {
                field: 'substituteEmail',
                message: `Enter somebody else’s email address: this one belongs to ${name}, who is invited already`,
              }
            : {
                field: 'substituteName',
                message: `Enter the name of somebody else: ${name} is invited already`,
              },
        ]);
      if (!(error instanceof TooManySubstitutes)) throw error;
      const message = `You have named ${String(mostSubstitutes)} people for this meeting already. Write to ${situation.partnership.contact.email} if somebody else comes`;
      return view(situation, form.values, [{ field: 'substituteEmail', message }]);
    }
    return done;
  },
};
