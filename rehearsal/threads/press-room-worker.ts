import type { Printed } from '../../shared/report/full-press.ts';
import { printForm } from '../../shared/report/full-press.ts';
import type { PrintOrder } from './press-room.ts';
import { takeOrders } from './take-orders.ts';

takeOrders<PrintOrder, Printed>(
  async ({ publication, form }) => {
    const { ending, body } = await printForm(publication, form);
    // Bytes of their own can be handed over; a slice of a shared buffer would take all of it along.
    return { ending, body: new Uint8Array(body) };
  },
  ({ body }) => [body.buffer as ArrayBuffer],
);
