/** `npm start`: keeps the code compiled from one rehearsal to the next, then does what the command line asks for. */
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

// Before anything of ours is loaded: half of a short run would go on reading it.
const compiled = join(import.meta.dirname, '../.build/compile-cache');
enableCompileCache(compiled);
// The threads look for it here.
process.env['NODE_COMPILE_CACHE'] = compiled;
const { rehearse } = await import('./command.ts');
await rehearse();
