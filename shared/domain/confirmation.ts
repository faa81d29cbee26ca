import type { Instant } from '../time/calendar.ts';
import type { RequestKind } from './request.ts';

/**
 * What is confirmed by a code that goes to the address on record: answers that speak in the name of many, and data that
 * leave the partnership. Whoever was sent the link by somebody else has no such code.
 */
export const confirmedThings = ['return-signoff', 'chairs-summary', 'exports'] as const satisfies readonly (
  RequestKind | 'exports'
)[];
export type ConfirmedThing = (typeof confirmedThings)[number];

/** Which of them are confirmed by a code. */
export type ConfirmationRules = Readonly<Record<ConfirmedThing, boolean>>;

export const defaultConfirmationRules: ConfirmationRules = {
  'return-signoff': true,
  'chairs-summary': true,
  exports: true,
};

/** Whether something is done only with a code. @param rules none where a folder was loaded before there were any */
export const needsCode = (rules: ConfirmationRules | undefined, thing: RequestKind | 'exports'): boolean => {
  const known: Partial<Record<RequestKind | 'exports', boolean>> = rules ?? defaultConfirmationRules;
  return known[thing] ?? false;
};

/** What a code is emailed for: what the rules say, and always an address that is to count as a person's. */
export type CodeThing = ConfirmedThing | 'other-address';

/** What somebody pressed a button for. It is done when the code that was emailed is typed in, and not before. */
export interface PendingAct {
  /** Hash of the token of the link by which they came. */
  readonly link: string;
  /** Whom the code goes to: to the address on record, or, of another address, to that one. */
  readonly person: string;
  readonly what: CodeThing;
  /** Id of the request that is answered, key of the document that is fetched, or the person whose other address it is. */
  readonly about: string;
  readonly cycle: string;
  readonly body: string;
  /** What the form of the page held: with what it showed, so that an answer to something else is noticed. */
  readonly form: Readonly<Record<string, string>>;
}

/** The one thing that is being confirmed by a link: a later one takes its place, and its code with it. */
export interface Confirmation extends PendingAct {
  readonly partnership: string;
  readonly state: 'pending' | 'confirmed';
  /** When the codes of the last hour were asked for; the last of them is the one that counts. */
  readonly askedAt: readonly Instant[];
  /** Which code of this link it is, from 1. */
  readonly number: number;
  /** The code under a key that is not stored; null until it has been made. */
  readonly codeHash: string | null;
  /** How often something else was typed in. */
  readonly wrong: number;
  readonly revision: number;
}

/** How long a code counts. */
export const codeSeconds = 15 * 60;
/** A guess hits one of a million codes: five of them, five times an hour, are no danger. */
export const mostTries = 5;
export const mostCodesAnHour = 5;

/** How much real time has passed since an instant, in seconds: people read their email by no clock that runs fast. */
export type Age = (at: Instant) => number;

const lastAsked = ({ askedAt }: Confirmation): Instant => askedAt.at(-1) ?? '';

/** Whether the code that went out last can still be typed in. */
export const isLive = (confirmation: Confirmation, age: Age): boolean =>
  confirmation.wrong < mostTries && age(lastAsked(confirmation)) < codeSeconds;

/**
 * What stands after somebody pressed a button, or wants another code; null when they have had as many as there are in an
 * hour. Pressed twice, the code that is on its way goes on to count.
 * @param wantsNewCode whether the code that went out is not to count any longer
 */
export const afterPress = (
  act: PendingAct,
  standing: Confirmation | undefined,
  now: Instant,
  age: Age,
  wantsNewCode: boolean,
): Omit<Confirmation, 'partnership' | 'revision'> | 'already on its way' | null => {
  if (standing?.state === 'pending' && !wantsNewCode && isLive(standing, age) && sameAct(standing, act))
    return 'already on its way';
  const recent = (standing?.askedAt ?? []).filter((at) => age(at) < 3_600);
  if (recent.length >= mostCodesAnHour) return null;
  return {
    ...act,
    state: 'pending',
    askedAt: [...recent, now],
    number: (standing?.number ?? 0) + 1,
    codeHash: null,
    wrong: 0,
  };
};

const sameAct = (one: PendingAct, other: PendingAct): boolean => actText(one) === actText(other);

/** All that an act consists of: another answer, or one to another text, is another act. */
const actText = ({ link, person, what, about, form }: PendingAct): string =>
  JSON.stringify([link, person, what, about, Object.entries(form).sort()]);

/** What a code is made for: no two codes are made for the same. */
export const boundText = (confirmation: Confirmation): string =>
  `${actText(confirmation)}\n${String(confirmation.number)}\n${lastAsked(confirmation)}`;

export type Verdict = 'right' | 'wrong' | 'expired' | 'tried too often';

/** What comes of a code that was typed in, and what then stands. A code that was right is right again, while it counts. */
export const afterCode = (
  confirmation: Confirmation,
  isRight: boolean,
  age: Age,
): { readonly verdict: Verdict; readonly then: Confirmation } => {
  if (age(lastAsked(confirmation)) >= codeSeconds) return { verdict: 'expired', then: confirmation };
  if (confirmation.wrong >= mostTries) return { verdict: 'tried too often', then: confirmation };
  if (isRight) return { verdict: 'right', then: { ...confirmation, state: 'confirmed' } };
  const then = { ...confirmation, wrong: confirmation.wrong + 1 };
  return { verdict: then.wrong < mostTries ? 'wrong' : 'tried too often', then };
};
