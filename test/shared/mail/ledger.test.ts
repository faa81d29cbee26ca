import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { DeliveryNews, LedgerRow } from '../../../shared/mail/ledger.ts';
import { afterNews, firstClaim, ledgerTag } from '../../../shared/mail/ledger.ts';
import { exampleMessages } from '../../support/example-messages.ts';

const claimed = firstClaim(exampleMessages.reminder, '2026-09-24T08:00:00Z', 'claim-1');
const sent = { sentAt: '2026-09-24T08:00:01Z', serviceId: 'ses-1' };
const news = {
  sent: { ...sent, what: 'sent', at: '2026-09-24T08:00:01Z' },
  delayed: { ...sent, what: 'delayed', at: '2026-09-24T08:10:00Z', detail: 'mailbox full' },
  delivered: { ...sent, what: 'delivered', at: '2026-09-24T08:00:05Z' },
  passing: { ...sent, what: 'bounced', permanent: false, at: '2026-09-24T09:00:00Z', detail: 'full' },
  permanent: { ...sent, what: 'bounced', permanent: true, at: '2026-09-24T08:00:03Z', detail: 'unknown' },
  complained: { ...sent, what: 'complained', at: '2026-09-24T12:00:00Z', detail: 'abuse' },
  refused: { ...sent, what: 'refused', at: '2026-09-24T08:00:01Z', detail: 'virus' },
} satisfies Record<string, DeliveryNews>;
const after = (...given: readonly DeliveryNews[]): LedgerRow =>
  given.reduce<LedgerRow>((row, next) => afterNews(row, next), claimed);

describe('news of an email', () => {
  it.each([
    ['sent', [news.sent], 'sent'],
    ['delivered', [news.delivered, news.sent], 'delivered'],
    ['delivered although a server was slow', [news.delayed, news.passing, news.delivered], 'delivered'],
    ['bounced after it was delivered', [news.delivered, news.permanent], 'bounced'],
    ['complained of', [news.complained, news.permanent, news.delivered], 'complained'],
    ['refused after it was accepted', [news.sent, news.refused], 'refused'],
  ])('%s', (_words, given, state) => {
    expect(after(...given)).toMatchObject({ state });
  });

  it('leads to one state, whatever its order and however often it comes', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.values(news)), fc.array(fc.nat({ max: 6 })), (some, again) => {
        const doubled = again.flatMap((at) => some[at] ?? []);
        const { note: _note, revision: _revision, ...state } = after(...some, ...doubled);
        const { note: _other, revision: _otherRevision, ...reversed } = after(...some.toReversed());
        expect(state).toEqual(reversed);
      }),
    );
  });

  it('never takes a complaint or a lasting bounce back', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(news.sent, news.delayed, news.delivered, news.passing)),
        (weaker) => {
          for (const strong of [news.permanent, news.complained])
            expect(after(strong, ...weaker).state).toBe(after(strong).state);
        },
      ),
    );
  });

  it('changes nothing the second time', () => {
    for (const one of Object.values(news)) {
      const row = after(one);
      expect(afterNews(row, one)).toBe(row);
    }
  });

  it('notes a delay, and an absence after the delivery', () => {
    expect(after(news.sent, news.delayed)).toMatchObject({ state: 'sent', note: { detail: 'mailbox full' } });
    expect(after(news.delivered, news.passing)).toMatchObject({
      state: 'delivered',
      note: { detail: 'full' },
    });
  });
});

it('tags a ledger key with letters, digits, - and _ alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (key) => {
      expect(ledgerTag(key)).toMatch(/^[\w-]{43}$/u);
    }),
  );
});
