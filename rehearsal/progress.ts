import { stripVTControlCharacters } from 'node:util';

import type { EngineEvent } from './engine/engine.ts';
import type { SentEmail } from './outbox.ts';
import type { World } from './world.ts';
import { longDate } from './wording.ts';

/** The stages of a cycle, as a reader follows them. */
type Stage = 'minutes' | 'meetings' | 'returns' | 'chairs' | 'report';

const stageNames: Readonly<Record<Stage, string>> = {
  minutes: '1 Minutes',
  meetings: '2 LCPG meetings',
  returns: '3 Returns',
  chairs: '4 Chairs Group',
  report: '5 Report',
};

/** What the entering of a state of the cycle's machine tells. */
const told: Readonly<Record<string, { readonly stage: Stage; readonly text: string }>> = {
  'Ask for the minutes': {
    stage: 'minutes',
    text: 'the board has met; the secretariat is asked for its minutes',
  },
  'Send out the minutes': { stage: 'minutes', text: 'sent to the chairs and co-ordinators' },
  "Send the Chairs Group's pack": {
    stage: 'chairs',
    text: 'pack drafted from the returns and sent to the chairs',
  },
  'Ask the lead chair': {
    stage: 'chairs',
    text: 'met; the lead chair is asked for the summary and two representatives',
  },
  'Hand the report over': { stage: 'report', text: 'compiled, and sent to the secretariat' },
  'Close the cycle and schedule the next': { stage: 'report', text: 'cycle closed, the next scheduled' },
};

/** What the first email of a kind to an LCPG counts. */
const counted: Readonly<Record<string, { readonly stage: Stage; readonly text: string }>> = {
  invitation: { stage: 'meetings', text: 'have a date, and their members are invited' },
  'meeting-pack': { stage: 'meetings', text: 'have their pack' },
  'return-request': {
    stage: 'meetings',
    text: 'are past their meeting; the co-ordinator is asked for the return',
  },
  'return-signoff-request': {
    stage: 'returns',
    text: 'have handed in their return; the chair is asked to sign',
  },
};

/** The step of the cycle by which the counts are told as they stand, complete or not. */
const closing = "Send the Chairs Group's pack";

/** Where progress is written. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * Shows a rehearsal stage by stage. On a terminal the counts of the LCPGs move on one line; elsewhere a line is
 * written when a count is complete.
 */
export class Progress {
  readonly #terminal: Terminal;
  readonly #counts = new Map<string, Set<string>>();
  #live = '';

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  /** Takes note of something that happened. */
  event(event: EngineEvent, world: World, groupCount: number): void {
    if (event.type !== 'StateEntered' || event.state === undefined) return;
    const step = world.engine.describe(event.executionId).machine === 'cycle' ? told[event.state] : undefined;
    // Where no minutes came, the step that would send them out sends nothing.
    const sendsNothing =
      event.state === 'Send out the minutes' && !world.outbox.sent.some(({ kind }) => kind === 'minutes');
    if (event.state === closing) this.#tellCounts(world, groupCount);
    if (step !== undefined && !sendsNothing) this.#line(world, step.stage, step.text);
  }

  /** Takes note of an email that went out. */
  email({ kind, ledgerKey }: SentEmail, world: World, groupCount: number): void {
    const count = counted[kind];
    if (count === undefined) return;
    const about = ledgerKey.split('|')[1]?.split('~') ?? [];
    // A request's id names its kind before the body; a meeting is named by the cycle and the body alone.
    const body = (about.length > 2 ? about[2] : about[1]) ?? '';
    if (body === world.partnership.chairsGroup) return;
    const groups = this.#counts.get(kind) ?? new Set<string>();
    if (groups.has(body)) return;
    groups.add(body);
    this.#counts.set(kind, groups);
    const text = `${String(groups.size)} of ${String(groupCount)} ${count.text}`;
    if (groups.size === groupCount) this.#line(world, count.stage, text);
    else this.#show(world, count.stage, text);
  }

  #tellCounts(world: World, groupCount: number): void {
    for (const [kind, { stage, text }] of Object.entries(counted)) {
      const groups = this.#counts.get(kind)?.size ?? 0;
      if (groups < groupCount) this.#line(world, stage, `${String(groups)} of ${String(groupCount)} ${text}`);
    }
    this.#counts.clear();
  }

  /** Ends the moving line. */
  end(): void {
    this.#clear();
  }

  #text(world: World, stage: Stage, text: string): string {
    return `${longDate(world).padStart(17)}  ${stageNames[stage].padEnd(16)} ${text}`;
  }

  #line(world: World, stage: Stage, text: string): void {
    this.#clear();
    this.#terminal.write(`${this.#text(world, stage, text)}\n`);
  }

  #show(world: World, stage: Stage, text: string): void {
    if (this.#terminal.isTTY !== true) return;
    this.#clear();
    this.#live = this.#text(world, stage, text).slice(0, (this.#terminal.columns ?? 80) - 1);
    this.#terminal.write(this.#live);
  }

  #clear(): void {
    if (this.#live === '') return;
    this.#terminal.write(`\r${' '.repeat(stripVTControlCharacters(this.#live).length)}\r`);
    this.#live = '';
  }
}
