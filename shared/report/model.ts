import type { ChairsSummaryContent } from '../domain/chairs-group.ts';
import type { MeetingTime } from '../domain/cycle.ts';
import type { IndicatorFigure } from '../domain/figure.ts';
import type { FigureStory } from '../domain/figure-story.ts';
import type { GrantLine } from '../domain/grant.ts';
import type { Indicator } from '../domain/partnership.ts';
import type { ReportChanges } from '../domain/report-changes.ts';
import type { ReportedGroup } from '../domain/report-record.ts';
import type { EscalationItem, Finding, GroupReturn, Presence } from '../domain/return.ts';
import type { Instant, IsoDate } from '../time/calendar.ts';
import type { Highlight } from './dashboard.ts';

export type { IndicatorFigure } from '../domain/figure.ts';

/** Whose document it is, and in whose words and time. */
export interface Origin {
  readonly partnershipName: string;
  /** The county, as in "Kent". */
  readonly areaName: string;
  /** IANA zone in which times are told. */
  readonly zone: string;
  readonly boardLongName: string;
  readonly boardShortName: string;
}

/** An action as readers are shown it. */
export interface ActionLine {
  readonly id: string;
  readonly group: string;
  readonly description: string;
  readonly owner: string;
  readonly due: IsoDate;
  /** The indicator that it is to move; null where it belongs to none. */
  readonly indicator: string | null;
  readonly state: 'open' | 'done' | 'dropped';
  readonly overdue: boolean;
  readonly lastNote: string;
}

/** How an escalated item of an earlier cycle was answered. */
export interface BoardAnswer extends EscalationItem {
  readonly id: string;
  /** The cycle whose report carried it first. */
  readonly cycle: IsoDate;
  readonly group: string;
  readonly groupName: string;
  /** Empty while the board has not answered. */
  readonly answer: string;
}

/** Who stood where at a meeting. */
export interface AttendanceLine {
  readonly name: string;
  readonly organisation: string;
  readonly role: string;
  readonly sector: string | null;
  /** `presence` after the meeting, `answer` before it. */
  readonly presence: Presence | 'unanswered' | 'attending';
  readonly substitute: string | null;
}

/** All that is known of one LCPG's turn in a cycle: what packs, extracts and reports are made of. */
export interface GroupDossier {
  readonly cycle: IsoDate;
  readonly group: string;
  readonly groupName: string;
  readonly area: string;
  readonly meeting: MeetingTime | null;
  readonly given: GroupReturn | null;
  readonly late: boolean;
  /** Name of the person who signed the return; null where nobody did. */
  readonly signedByName: string | null;
  readonly chair: string | null;
  readonly coordinator: string | null;
  readonly attendance: readonly AttendanceLine[];
  readonly actions: readonly ActionLine[];
  readonly figures: readonly IndicatorFigure[];
  /** Core sectors and roles that nobody fills. */
  readonly missingSectors: readonly string[];
  readonly missingRoles: readonly string[];
  /** Null where the partnership has no grants. */
  readonly grants: readonly GrantLine[] | null;
  /** What the last reports said of the LCPG, oldest first. */
  readonly reported: readonly ReportedGroup[];
}

/** What the chairs and then the board are shown of one LCPG. No safeguarding matter is ever part of it. */
export interface GroupSection {
  readonly group: string;
  readonly groupName: string;
  readonly area: string;
  readonly state: 'signed' | 'submitted' | 'nil';
  readonly late: boolean;
  readonly submittedAt: Instant | null;
  readonly signedBy: string | null;
  readonly chair: string | null;
  readonly coordinator: string | null;
  readonly meetingDate: IsoDate | null;
  readonly held: boolean | null;
  readonly notHeldReason: string;
  readonly attendance: {
    readonly present: number;
    readonly substitutes: number;
    readonly apologies: number;
    readonly absent: number;
    /** All who were invited; those of whom the return says nothing are counted here only. */
    readonly members: number;
  };
  /** Who else was there, as the return says it; empty where the LCPG did not meet. */
  readonly othersPresent: string;
  readonly missingSectors: readonly string[];
  readonly missingRoles: readonly string[];
  readonly figures: readonly IndicatorFigure[];
  readonly commentaries: readonly {
    readonly indicator: string;
    readonly indicatorName: string;
    readonly text: string;
  }[];
  readonly achievements: readonly Finding[];
  readonly concerns: readonly Finding[];
  readonly escalations: readonly EscalationItem[];
  readonly actions: readonly ActionLine[];
  /** Null where the partnership has no grants. */
  readonly grants: readonly GrantLine[] | null;
  /** The figures that it works on, over the reports so far; none in a first report. */
  readonly stories: readonly FigureStory[];
}

/** Concerns or achievements of several LCPGs about one thing. */
export interface FindingsByIndicator {
  readonly outcome: string;
  /** Null for what belongs to no indicator. */
  readonly indicator: string | null;
  readonly indicatorName: string;
  readonly items: readonly { readonly group: string; readonly groupName: string; readonly text: string }[];
}

/** Attendance of one sector over all LCPGs' meetings of the cycle. */
export interface SectorAttendance {
  readonly sector: string;
  readonly represented: number;
  readonly meetings: number;
  readonly withoutMember: readonly string[];
}

/** What the Chairs Group gets, drafted from the returns; its text is the lead chair's to change. */
export interface ChairsPack extends Origin {
  readonly title: string;
  readonly cycle: string;
  readonly board: MeetingTime;
  readonly chairsMeeting: MeetingTime;
  readonly nextBoard: MeetingTime;
  readonly preparedAt: Instant;
  readonly received: number;
  readonly nil: readonly string[];
  readonly unsigned: readonly string[];
  readonly concerns: readonly FindingsByIndicator[];
  readonly achievements: readonly FindingsByIndicator[];
  readonly escalations: readonly (EscalationItem & { readonly group: string; readonly groupName: string })[];
  readonly overdueActions: readonly ActionLine[];
  readonly sectors: readonly SectorAttendance[];
  readonly missing: readonly {
    readonly groupName: string;
    readonly sectors: readonly string[];
    readonly roles: readonly string[];
  }[];
  readonly groups: readonly GroupSection[];
  /** What the figures measure and are judged by: the county set and the groups' local ones. */
  readonly indicators: readonly Indicator[];
  /** What the summary editor starts from. */
  readonly draft: ChairsSummaryContent;
}

/** The report to the board. */
export interface BoardReport extends Omit<ChairsPack, 'draft'> {
  readonly compiledAt: Instant;
  readonly summary: ChairsSummaryContent;
  /** Whether the lead chair approved the summary; the report says so when not. */
  readonly summaryApprovedBy: string | null;
  readonly summaryApprovedAt: Instant | null;
  /** LCPGs whose return came, or was handed in again, after the summary was drafted: it does not speak of them. */
  readonly cameSinceSummary: readonly string[];
  readonly representatives: readonly { readonly name: string; readonly groupName: string }[];
  readonly representativesConfirmed: boolean;
  readonly answers: readonly BoardAnswer[];
  readonly minutesKeyMessages: readonly string[];
  /** Null where there is no earlier report. */
  readonly changes: ReportChanges | null;
}

/** What an LCPG gets before its meeting. */
export interface LcpgPack extends Origin {
  readonly title: string;
  readonly group: string;
  readonly groupName: string;
  /** ONS code of its district. */
  readonly area: string;
  readonly board: MeetingTime;
  readonly meeting: MeetingTime;
  readonly preparedAt: Instant;
  /** What the meeting goes through, in order. */
  readonly agenda: readonly string[];
  /** Empty while the minutes are late, or where none were written. */
  readonly keyMessages: readonly string[];
  readonly minutesReceived: boolean;
  /** The open ones. */
  readonly actions: readonly ActionLine[];
  readonly figures: readonly IndicatorFigure[];
  /** A line for each member: what they answered. */
  readonly expected: readonly AttendanceLine[];
  readonly expectedCount: number;
  readonly quorumNeeded: number;
  /** Core sectors from which nobody comes. */
  readonly missingSectors: readonly string[];
}

/** What an LCPG reports to its Local HWBs after its chair has signed. */
export interface DistrictReport extends Origin {
  readonly title: string;
  readonly cycle: string;
  /** The names of the Local HWBs. */
  readonly readers: readonly string[];
  /** What the LCPG has to say to them alone; may be empty. */
  readonly message: string;
  readonly group: GroupSection;
  readonly preparedAt: Instant;
}

/** Safeguarding matters, for those alone who may read them. */
export interface SafeguardingExtract extends Origin {
  readonly title: string;
  readonly board: MeetingTime;
  readonly entries: readonly {
    readonly groupName: string;
    /** Null where the LCPG did not meet. */
    readonly meetingDate: IsoDate | null;
    readonly matters: readonly string[];
  }[];
  readonly preparedAt: Instant;
}

/** Good examples of the LCPGs, for the councillors in them. */
export interface MembersBriefing extends Origin {
  readonly title: string;
  readonly board: MeetingTime;
  readonly nextBoard: MeetingTime;
  readonly preparedAt: Instant;
  /** Achievements in the LCPGs' own words, by outcome; those of no indicator come last, under an empty outcome. */
  readonly outcomes: readonly {
    readonly outcome: string;
    readonly examples: readonly {
      readonly groupName: string;
      readonly indicatorName: string;
      readonly text: string;
      /** The district's figure of that indicator; null where it has none. */
      readonly figure: IndicatorFigure | null;
    }[];
  }[];
  /** Figures that stand out for the better, by the rules of `judge`. */
  readonly standingOut: readonly Highlight[];
}
