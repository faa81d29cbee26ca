import type { AnswerDesk } from '../../shared/stages/workplace.ts';
import type { Links } from '../../shared/store/links.ts';
import type { Clock } from '../../shared/time/clock.ts';

/** A file that pages use: its content by name, named anew whenever it changes, so that browsers may keep it. */
export interface Asset {
  readonly hash: string;
  readonly contentType: string;
  /** The file compressed with gzip, in base64. */
  readonly gzip: string;
}

/** What the site hands on of an error that it does not know: no path, no form, no person. */
export interface SiteError {
  readonly code: 'page-failed';
  /** The route, never the path. */
  readonly route: string;
  readonly error: unknown;
}

/** What the site needs of the world. */
export interface SiteDependencies {
  readonly links: Pick<Links, 'find'>;
  readonly deskFor: (partnership: string) => AnswerDesk;
  readonly clock: Clock;
  /** Where the site is, such as `https://lcpg.example.org`, without a slash at the end. */
  readonly origin: string;
  readonly assets: Readonly<Record<string, Asset>>;
  readonly report: (error: SiteError) => void;
}
