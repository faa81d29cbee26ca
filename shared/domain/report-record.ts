import type { Instant, IsoDate } from '../time/calendar.ts';
import type { IndicatorFigure } from './figure.ts';
import type { EscalationItem, Finding } from './return.ts';

/** A figure as a report showed it. */
export interface ReportedFigure extends Pick<
  IndicatorFigure,
  'indicator' | 'period' | 'value' | 'previousPeriod' | 'previousValue' | 'rating' | 'direction'
> {
  readonly unit: string;
  readonly decimals: number;
}

/** An action as a report showed it. */
export interface ReportedAction {
  readonly id: string;
  readonly description: string;
  readonly owner: string;
  readonly due: IsoDate;
  readonly state: 'open' | 'done' | 'dropped';
  readonly overdue: boolean;
  /** The indicator that it is to move; null where it belongs to none. */
  readonly indicator: string | null;
}

/** What a report said of one LCPG: kept when it is compiled, so that later reports can tell what has changed. */
export interface ReportedGroup {
  readonly cycle: IsoDate;
  readonly group: string;
  readonly groupName: string;
  readonly state: 'signed' | 'submitted' | 'nil';
  readonly held: boolean | null;
  /** Names; null where nobody held the role. */
  readonly chair: string | null;
  readonly coordinator: string | null;
  readonly missingSectors: readonly string[];
  readonly missingRoles: readonly string[];
  readonly figures: readonly ReportedFigure[];
  readonly commentaries: readonly { readonly indicator: string; readonly text: string }[];
  readonly concerns: readonly Finding[];
  readonly achievements: readonly Finding[];
  readonly escalations: readonly EscalationItem[];
  readonly actions: readonly ReportedAction[];
}

/** What a report said as a whole, beside its LCPGs. */
export interface ReportedSummary {
  readonly cycle: IsoDate;
  readonly title: string;
  /** The board meeting that it went to. */
  readonly nextBoard: IsoDate;
  readonly compiledAt: Instant;
  readonly overview: string;
  readonly asks: readonly string[];
  readonly keyMessages: readonly string[];
  readonly answers: readonly {
    readonly group: string;
    readonly groupName: string;
    readonly issue: string;
    readonly answer: string;
  }[];
}

/** A report as it is remembered. */
export interface ReportRecord {
  readonly summary: ReportedSummary;
  readonly groups: readonly ReportedGroup[];
}
