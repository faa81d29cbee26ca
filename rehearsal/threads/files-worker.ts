import type { FileOrder, FileReport } from './files.ts';
import { writesAtOnce } from './files.ts';
import { takeOrders } from './take-orders.ts';

const files = writesAtOnce();

takeOrders<FileOrder, FileReport>((order) => {
  if (order !== 'report') files.write(order.path, order.body);
  return files.failure;
});
