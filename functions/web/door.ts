/**
 * The door of the site: the token of a link goes from the address into a cookie, so that no address, log, history or
 * page holds it. One cookie for each link, so that several can be open at once in one browser.
 */
import { isToken, tokenHash } from '../../shared/web-links/link-maker.ts';
import type { Visit } from './http.ts';

/** A week: a page that lay open over a long weekend can still be sent. */
const keptSeconds = 7 * 86_400;
/** How many links one browser holds open; the one opened first goes first. Well below what headers may carry. */
const mostLinks = 20;

/** What an opened link is called in addresses: the beginning of its token's hash, from which nobody gets the token. */
export const linkId = (token: string): string => tokenHash(token).slice(0, 16);

export const isLinkId = (text: string): boolean => /^[\w-]{16}$/.test(text);

/** Lets browsers in, and knows them again. */
export type Door = ReturnType<typeof doorOf>;

/** @param origin where the site is; a rehearsal's is plain `http`, where `__Host-` and `Secure` are not for every browser */
export const doorOf = (origin: string) => {
  const secure = origin.startsWith('https:');
  const prefix = secure ? '__Host-link-' : 'link-';
  // Lax, not Strict: whoever presses the button in a web mail comes from another site. Forms of other sites get no cookie.
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  /** What stands behind the token once somebody said in that browser that the link is for them. */
  const known = '.known';
  const heldFor = (
    visit: Visit,
    id: string,
  ): { readonly token: string; readonly isKnown: boolean } | undefined => {
    const value = visit.cookies.get(`${prefix}${id}`) ?? '';
    const isKnown = value.endsWith(known);
    const token = isKnown ? value.slice(0, -known.length) : value;
    return isToken(token) && linkId(token) === id ? { token, isKnown } : undefined;
  };
  return {
    /** The cookies that let a browser in by a token. */
    admit(
      visit: Visit,
      token: string,
      isKnown = heldFor(visit, linkId(token))?.isKnown ?? false,
    ): readonly string[] {
      const name = `${prefix}${linkId(token)}`;
      // Browsers send the oldest first. RFC 6265, 5.4.
      const others = [...visit.cookies.keys()].filter((other) => other.startsWith(prefix) && other !== name);
      return [
        `${name}=${token}${isKnown ? known : ''}${attributes}; Max-Age=${String(keptSeconds)}`,
        ...others
          .slice(0, Math.max(0, others.length + 1 - mostLinks))
          .map((other) => `${other}=${attributes}; Max-Age=0`),
      ];
    },
    /** What a browser holds of a link; undefined when it holds nothing. */
    heldFor,
  };
};
