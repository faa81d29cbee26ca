import type { RequestKind } from '../../../shared/domain/request.ts';
import { people } from '../../support/small-partnership.ts';
import type { SmallWorld } from '../../support/small-partnership.ts';

/** Who is asked for each kind of thing, and about what, in the small partnership. */
const asked = {
  minutes: [people.secretary, { body: 'chwb', round: 1 }],
  'meeting-date': [people.doverCoordinator, { body: 'dover', round: 1 }],
  attendance: [people.ashfordMember, { body: 'ashford', round: 1 }],
  return: [people.ashfordCoordinator, { body: 'ashford', round: 1 }],
  'return-signoff': [people.ashfordChair, { body: 'ashford', round: 1 }],
  'chairs-summary': [people.ashfordChair, { body: 'chairs', round: 1 }],
  representatives: [people.ashfordChair, { body: 'chairs', round: 1 }],
  'action-update': [people.ashfordMember, { body: 'ashford', action: 'act-1', round: 1 }],
  'board-answers': [people.secretary, { body: 'chwb', round: 1 }],
  'report-receipt': [people.secretary, { body: 'chwb', round: 1 }],
} as const satisfies Record<RequestKind, unknown>;

export const askFor = (world: SmallWorld, kind: RequestKind): ReturnType<SmallWorld['ask']> => {
  const [who, subject] = asked[kind];
  return world.ask(kind, who, subject);
};
