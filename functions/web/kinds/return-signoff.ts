import type { GroupReturn } from '../../../shared/domain/return.ts';
import { sendReturnBack, signReturn } from '../../../shared/stages/answers.ts';
import type { FieldFault } from '../forms/form.ts';
import { parseSignOff } from '../forms/return-signoff.ts';
import { done, fingerprint, formView, needsCode, page } from './kind.ts';
import type { AnswerKind, PageReply, Situation } from './kind.ts';
import { readable, returnOf } from './return-reading.ts';

/** The chair signs what was on the page: its text and its version. */
const basisOf = (given: GroupReturn): string => fingerprint([given.version, given.content]);

const recordedOf = async ({ desk }: Situation, given: GroupReturn) => {
  const by =
    given.state === 'signed' ? given.signedBy : given.state === 'sent-back' ? given.sentBackBy : null;
  return {
    given,
    by: by === null ? '' : ((await desk.directory.person(by))?.name ?? ''),
  };
};

const view = async (
  situation: Situation,
  given: GroupReturn,
  values: Readonly<Record<string, string>>,
  status: number,
  faults: readonly FieldFault[] = [],
): Promise<PageReply> =>
  page(
    'return-signoff',
    {
      recorded: await recordedOf(situation, given),
      reading: await readable(situation, given),
      theirs: status === 409,
      form: formView(values, basisOf(given), faults),
    },
    status,
  );

export const returnSignOff: AnswerKind = {
  recorded: async (situation) => recordedOf(situation, await returnOf(situation)),
  show: async (situation) => view(situation, await returnOf(situation), {}, 200),
  async answer(situation, form) {
    const { desk, request } = situation;
    const given = await returnOf(situation);
    const { value, faults } = parseSignOff(form);
    if (faults !== undefined) return view(situation, given, form.values, 400, faults);
    const saidAlready =
      request.state === 'answered' &&
      (value.verdict === 'sign'
        ? given.state === 'signed'
        : given.state === 'sent-back' && given.comment === value.comment);
    if (saidAlready) return done;
    if (given.state !== 'submitted' || form.text('basis') !== basisOf(given))
      return view(situation, given, form.values, 409);
    // Who sends it back binds nobody: the co-ordinator is asked again.
    if (value.verdict === 'sign' && !situation.confirmed) return needsCode;
    if (value.verdict === 'sign') await signReturn(desk, request, given, 'page');
    else await sendReturnBack(desk, request, given, value.comment, 'page');
    return done;
  },
};
