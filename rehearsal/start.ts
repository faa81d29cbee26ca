/** `npm start`: does what the command line asks for. */
import { keepCompiled } from './keep-compiled.ts';

// Before anything else of ours is loaded.
keepCompiled();
const { rehearse } = await import('./command.ts');
await rehearse();
