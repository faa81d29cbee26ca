/** One `admin import-data` in a process of its own, which writes down its largest resident memory. */
import { writeFileSync } from 'node:fs';
import process from 'node:process';

const [memory = '', ...args] = process.argv.slice(2);
process.argv.splice(2, process.argv.length - 2, 'import-data', ...args);
await import('../admin/admin.ts');
// Linux gives it in kilobytes.
writeFileSync(memory, String(process.resourceUsage().maxRSS * 1024));
