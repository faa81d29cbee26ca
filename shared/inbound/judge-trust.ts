import type { IncomingMessage } from './incoming-message.ts';

/** What the receiving service found about a message: SES's words, in lower case. */
export type Verdict = 'pass' | 'fail' | 'gray' | 'processing_failed' | 'disabled';

export interface Verdicts {
  readonly spf: Verdict;
  readonly dkim: Verdict;
  readonly dmarc: Verdict;
  readonly spam: Verdict;
  readonly virus: Verdict;
}

export const verdictNames: readonly (keyof Verdicts)[] = ['spf', 'dkim', 'dmarc', 'spam', 'virus'];
const verdictValues: readonly Verdict[] = ['pass', 'fail', 'gray', 'processing_failed', 'disabled'];

/** A verdict by its name in any case, or undefined. */
export const verdictOf = (text: string): Verdict | undefined =>
  verdictValues.find((value) => value === text.trim().toLowerCase().replaceAll(' ', '_'));

/** Whether a message comes from the address in its From; and if not for certain, why not. */
export type Trust =
  { readonly trusted: true; readonly why: string } | { readonly trusted: false; readonly why: string };

const trusted = (why: string): Trust => ({ trusted: true, why });
const held = (why: string): Trust => ({ trusted: false, why });

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** Relaxed alignment, but for sister domains: which part of a name is the organisation's is not known here. RFC 7489, 3.1. */
const isAligned = (signer: string, from: string): boolean =>
  signer.includes('.') && (signer === from || from.endsWith(`.${signer}`) || signer.endsWith(`.${from}`));

/** The domains whose DKIM signatures the receiving service found good: its own header stands first. RFC 8601. */
const signingDomains = ({ headers }: IncomingMessage): readonly string[] => {
  const results = headers.get('authentication-results')?.[0] ?? '';
  if (!/^\s*amazonses\.com\s*;/iu.test(results)) return [];
  return [
    ...results.matchAll(/\bdkim\s*=\s*pass\b[^;]*?\bheader\.[id]\s*=\s*"?(?:[^\s@;"]*@)?([\w.-]+)/giu),
  ].map(([, domain]) => (domain ?? '').toLowerCase());
};

/**
 * Whether to believe that a message comes from its From: DMARC passed, or a DKIM signature of that domain did where there
 * is no DMARC policy to fail. A message with several From is never believed.
 */
export const judgeSender = (message: IncomingMessage, verdicts: Verdicts): Trust => {
  if (verdicts.virus === 'fail') return held('A virus was found in it.');
  if (verdicts.spam === 'fail') return held('It looks like spam.');
  if ((message.headers.get('from') ?? []).length !== 1 || message.from === null)
    return held('It does not come from one address.');
  if (verdicts.dmarc === 'pass') return trusted('DMARC passed.');
  if (verdicts.dmarc === 'fail') return held('DMARC failed.');
  if (verdicts.dkim !== 'pass')
    return held('Neither DMARC nor DKIM passed: the sender may be somebody else.');
  const from = domainOf(message.from.address);
  return signingDomains(message).some((domain) => isAligned(domain, from))
    ? trusted('DKIM passed for the domain that it comes from.')
    : held('DKIM passed, but not for the domain that it comes from.');
};
