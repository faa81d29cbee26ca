import type { MessageSetting } from '../../shared/mail/messages.ts';
import { mostLetters, renderHere } from '../pages/letters.ts';
import { orderOf, type Written } from './post-office.ts';
import { takeOrders } from './take-orders.ts';

let known: MessageSetting['partnership'] | undefined;
let letters = 0;

takeOrders<string, Written>(
  (order) => {
    const {
      message,
      setting: { partnership = known, ...rest },
    } = orderOf(order);
    known = partnership;
    if (partnership === undefined) throw new Error('the partnership has to come with the first message');
    const { outgoing, letter } = renderHere(message, { ...rest, partnership });
    letters += 1;
    // Bytes of their own can be handed over; a slice of a shared buffer would take all of it along.
    const raw = new Uint8Array(outgoing.raw);
    return letters > mostLetters ? { raw } : { raw, letter };
  },
  ({ raw }) => [raw.buffer as ArrayBuffer],
);
