import { createHmac, createSecretKey, hash } from 'node:crypto';

import { boundText } from '../domain/confirmation.ts';
import type { Links } from '../store/links.ts';
import { addSeconds } from '../time/calendar.ts';
import { codeHash, digitsOf } from './confirmation-code.ts';
import type { LinkMaker, LinkTarget } from './links.ts';
import { base32, replyLocalPart, replyTokenOfLink } from './reply-address.ts';

const weekInSeconds = 7 * 86_400;

/** The stored form of a token. */
export const tokenHash = (token: string): string => hash('sha256', token, 'base64url');

/** Whether a string can be a token at all: 256 bits in base64url. */
export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

type PageTarget = Extract<LinkTarget, { readonly to: 'request' | 'document' | 'progress' | 'substitute' }>;

const targetText = (target: PageTarget): string => {
  switch (target.to) {
    case 'request':
      return `request\n${target.request}\n${target.person}`;
    case 'substitute':
      return `substitute\n${target.request}\n${target.person}\n${target.email}`;
    case 'document':
      return `document\n${target.key}\n${target.person}`;
    case 'progress': {
      const { scope, cycle, person } = target;
      return `progress\n${cycle}\n${scope.of}\n${scope.of === 'group' ? scope.group : '-'}\n${person}`;
    }
  }
};

/** The beginning of a link's path. */
const routes: Readonly<Record<PageTarget['to'], string>> = {
  request: 'answer',
  document: 'document',
  progress: 'progress',
  substitute: 'substitute',
};

/**
 * Makes links with tokens derived from a secret, so that a reminder carries the same link although only the hash of
 * its token is stored.
 * @param secret at least 32 bytes that only the sending functions know
 * @param origin where the pages are, such as `https://lcpg.example.org`, without a slash at the end
 */
export const linkMaker = (
  partnership: string,
  secret: Uint8Array,
  origin: string,
  links: Links,
): LinkMaker => {
  if (secret.byteLength < 32) throw new RangeError('the link secret has to have at least 32 bytes');
  // As bytes it would be made a key of for every link.
  const key = createSecretKey(secret);
  const derived = (text: string): Buffer =>
    createHmac('sha256', key).update(`${partnership}\n${text}`).digest();
  const tokenOf = (target: PageTarget): string => derived(targetText(target)).toString('base64url');
  const make = async (target: PageTarget, expiresAt: string): Promise<string> => {
    const token = tokenOf(target);
    const link = `${origin}/${routes[target.to]}/${token}`;
    const replyToken = replyTokenOfLink(link);
    await links.keep([
      { partnership, tokenHash: tokenHash(token), target, expiresAt },
      ...(target.to === 'request' && replyToken !== undefined
        ? [
            {
              partnership,
              tokenHash: tokenHash(replyToken),
              target: { ...target, to: 'reply' } as const,
              expiresAt,
            },
          ]
        : []),
    ]);
    return link;
  };
  return {
    toRequest: (request) =>
      make(
        { to: 'request', request: request.id, person: request.person },
        addSeconds(request.acceptsUntil, weekInSeconds),
      ),
    toProgress: (scope, { id, moments }, person) =>
      make({ to: 'progress', scope, cycle: id, person }, addSeconds(moments.nextBoardEnd, weekInSeconds)),
    toSubstitute: ({ id, person, acceptsUntil }, { name, email }) =>
      make({ to: 'substitute', request: id, person, name, email }, acceptsUntil),
    toDocument: ({ key, fileName }, person, expiresAt) =>
      make({ to: 'document', key, fileName, person }, expiresAt),
    toOrganiser: async ({ cycle, body }, person, expiresAt) => {
      const token = base32(derived(`organiser\n${cycle}\n${body}\n${person}`));
      const target = { to: 'organiser', cycle, body, person } as const;
      await links.keep([{ partnership, tokenHash: tokenHash(token), target, expiresAt }]);
      return replyLocalPart(token);
    },
    toCode: async (confirmation) => {
      const target = (await links.find(confirmation.link))?.target;
      const token =
        target === undefined || target.to === 'reply' || target.to === 'organiser' ? '' : tokenOf(target);
      if (tokenHash(token) !== confirmation.link)
        throw new Error('the link that something is to be confirmed by was made with another secret');
      const code = digitsOf(derived(`code\n${boundText(confirmation)}`));
      return { code, hash: codeHash(token, confirmation, code) };
    },
  };
};
