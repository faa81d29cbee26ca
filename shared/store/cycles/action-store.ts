import type { AnswerChannel, Request } from '../../domain/request.ts';
import type { Action, ActionUpdate } from '../../domain/return.ts';
import type { Instant } from '../../time/calendar.ts';
import type { CycleKeys } from './cycle-keys.ts';
import type { CycleRecords, Unsaved } from './cycle-records.ts';
import { answered } from './request-writes.ts';

/** The actions that the groups agreed; they outlast the cycle that they come from. */
export class ActionStore {
  readonly #records: CycleRecords;
  readonly #keys: CycleKeys;

  constructor(records: CycleRecords) {
    this.#records = records;
    this.#keys = records.keys;
  }

  /** The actions of a group, over all cycles, oldest first. */
  async of(group: string): Promise<readonly Action[]> {
    return this.#records.readAll<Action>({ pk: this.#keys.actionsPartition(group) });
  }

  async get(group: string, id: string): Promise<Action | undefined> {
    return this.#records.read<Action>(this.#keys.actionKey(group, id));
  }

  /** Writes down an action that a meeting agreed; one that is there already is kept, as its owner may have updated it. */
  async agree(action: Unsaved<Action>, at: Instant): Promise<Action> {
    return this.#records.create<Action>(
      this.#keys.actionKey(action.group, action.id),
      action,
      this.#records.audit(action.raisedIn, action.group, 1, {
        at,
        by: 'system',
        what: 'action-agreed',
        about: action.id,
        detail: { owner: action.owner, due: action.due },
      }),
    );
  }

  /** Adds what was heard of an action, from its owner's answer or from a return. */
  async update(
    action: Action,
    update: ActionUpdate,
    channel: AnswerChannel,
    request?: Request,
  ): Promise<Action> {
    const deed = { by: update.by, at: update.at, channel };
    return this.#records.change(
      this.#keys.actionKey(action.group, action.id),
      action,
      { state: update.state, updates: [...action.updates, update] },
      'the action',
      {
        also: request === undefined ? [] : [answered(this.#records, request, deed)],
        audit: this.#records.audit(request?.cycle ?? action.raisedIn, action.group, action.revision + 1, {
          at: update.at,
          by: update.by,
          what: 'action-updated',
          about: action.id,
          detail: { state: update.state, channel },
        }),
      },
    );
  }
}
