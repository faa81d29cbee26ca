import { localDraft } from './local.ts';
import { production } from './production.ts';
import { rehearsal } from './rehearsal.ts';
import type { StageConfig } from './schema.ts';
import { checkConfig, ConfigFault } from './schema.ts';
import { staging } from './staging.ts';

const drafts = { rehearsal, staging, production };

/** What is said on the command line, as `-c <name>=<value>`. */
export interface Context {
  readonly stage: unknown;
  readonly local: unknown;
  /** `<what it showed>,<when it showed that>,<speed>`, for a local AWS. */
  readonly clock: unknown;
}

/**
 * The configuration of the stage that was asked for.
 * @throws {ConfigFault} when there is none, or a setting of it is missing or wrong
 */
export const readConfig = (context: Context): StageConfig & { readonly local: boolean } => {
  const { stage } = context;
  const draft = Object.entries(drafts).find(([name]) => name === stage)?.[1];
  if (draft === undefined)
    throw new ConfigFault(
      `-c stage=${String(stage)}: there is no such stage; expected one of ${Object.keys(drafts).join(', ')}`,
    );
  const file = `infra/config/${String(stage)}.ts`;
  const local = context.local === 'true' || context.local === true;
  if (!local) return { ...checkConfig(draft, file), local };
  const [start, realStart, speed] = typeof context.clock === 'string' ? context.clock.split(',') : [];
  const clock =
    start === undefined || realStart === undefined || speed === undefined
      ? null
      : { start, realStart, speed: Number(speed) };
  return { ...checkConfig(localDraft(draft, clock), file), local };
};
