import type { Frames } from './frames.ts';
import type { Senders } from './senders.ts';
import type { SiteDependencies } from './site-dependencies.ts';

/** What every route of the site is built with. */
export interface SiteParts extends Frames, Senders {
  readonly deps: SiteDependencies;
}
