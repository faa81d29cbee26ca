import type { Printed } from '../../shared/report/full-press.ts';
import { printForm } from '../../shared/report/full-press.ts';
import type { PrintOrder } from './press-room.ts';
import { takeOrders } from './take-orders.ts';

takeOrders<PrintOrder, Printed>(
  ({ document, form }) => printForm(document, form),
  ({ body }) => [body.buffer as ArrayBuffer],
);
