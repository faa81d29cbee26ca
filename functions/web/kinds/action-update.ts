import type { Action } from '../../../shared/domain/return.ts';
import { updateAction } from '../../../shared/stages/answers.ts';
import { noteField, parseActionUpdate } from '../forms/action-update.ts';
import type { FieldFault } from '../forms/form.ts';
import { done, formView, page } from './kind.ts';
import type { AnswerKind, PageReply, Situation } from './kind.ts';

const actionOf = async ({ desk, request }: Situation): Promise<Action> => {
  const action = await desk.actions.get(request.subject.body, request.subject.action ?? '-');
  if (action === undefined) throw new Error(`no action for request ${request.id}`);
  return action;
};

const shown = (action: Action): Readonly<Record<string, unknown>> => ({
  action,
  last: action.updates.at(-1) ?? null,
});

const view = (
  action: Action,
  values: Readonly<Record<string, string>> = {},
  faults: readonly FieldFault[] = [],
): PageReply =>
  page(
    'action-update',
    { recorded: shown(action), notes: noteField, form: formView(values, '', faults) },
    faults.length > 0 ? 400 : 200,
  );

export const actionUpdate: AnswerKind = {
  recorded: async (situation) => shown(await actionOf(situation)),
  show: async (situation) => view(await actionOf(situation)),
  async answer(situation, form) {
    const action = await actionOf(situation);
    const { value, faults } = parseActionUpdate(form);
    if (faults !== undefined) return view(action, form.values, faults);
    const last = action.updates.at(-1);
    const saidAlready =
      situation.request.state === 'answered' &&
      last?.by === situation.request.person &&
      last.state === value.state &&
      last.note === value.note;
    if (!saidAlready) await updateAction(situation.desk, situation.request, action, value, situation.way);
    return done;
  },
};
