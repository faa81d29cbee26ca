/** Compiles what a rehearsal runs, as a part of installing: the first `npm start` is as quick as any other. */
import { keepCompiled } from './keep-compiled.ts';

keepCompiled();
await Promise.all([
  import('./command.ts'),
  import('./threads/files-worker.ts'),
  import('./threads/post-office-worker.ts'),
  import('./threads/press-room-worker.ts'),
]);
