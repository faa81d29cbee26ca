import { stripVTControlCharacters } from 'node:util';

import type { EngineEvent } from './engine/engine.ts';
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

/** What the entering of a state of an LCPG's machine counts. */
const counted: Readonly<Record<string, { readonly stage: Stage; readonly text: string }>> = {
  'Invite the members': { stage: 'meetings', text: 'date agreed, members invited' },
  'Send the pack': { stage: 'meetings', text: 'pack sent' },
  'Collect the return': { stage: 'meetings', text: 'met; the co-ordinator is asked for the return' },
  'Ask the chair to sign the return': {
    stage: 'returns',
    text: 'in, or cut off; the chair is asked to sign',
  },
  Done: { stage: 'returns', text: 'shared with Local HWBs, safeguarding leads and owners of actions' },
};

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
    const { machine, name } = world.engine.describe(event.executionId);
    const step = machine === 'cycle' ? told[event.state] : undefined;
    // Where no minutes came, the step that would send them out sends nothing.
    const sendsNothing =
      event.state === 'Send out the minutes' && !world.outbox.sent.some(({ kind }) => kind === 'minutes');
    if (step !== undefined && !sendsNothing) this.#line(world, step.stage, step.text);
    const count = machine === 'lcpg' ? counted[event.state] : undefined;
    if (count === undefined) return;
    const key = `${name.slice(0, name.indexOf('-') + 11)} ${event.state}`;
    const groups = this.#counts.get(key) ?? new Set<string>();
    groups.add(name);
    this.#counts.set(key, groups);
    const text = `${String(groups.size)} of ${String(groupCount)} ${count.text}`;
    if (groups.size === groupCount) this.#line(world, count.stage, text);
    else this.#show(world, count.stage, text);
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
