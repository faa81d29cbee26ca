import { confirmReceipt } from '../../../shared/stages/answers.ts';
import { done, formView, page } from './kind.ts';
import type { AnswerKind, Situation } from './kind.ts';

const recorded = async ({ desk, request }: Situation): Promise<Readonly<Record<string, unknown>>> => {
  const { nextBoard } = await desk.cycles.known(request.cycle);
  return { nextBoard, confirmedAt: request.state === 'answered' ? request.answeredAt : null };
};

export const reportReceipt: AnswerKind = {
  recorded,
  show: async (situation) =>
    page('report-receipt', { recorded: await recorded(situation), form: formView({}, '') }),
  async answer(situation, form) {
    if (form.senderFaults.length > 0)
      return page(
        'report-receipt',
        { recorded: await recorded(situation), form: formView(form.values, '', form.senderFaults) },
        400,
      );
    await confirmReceipt(situation.desk, situation.request, situation.way);
    return done;
  },
};
