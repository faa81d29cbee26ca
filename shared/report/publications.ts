import { boardReportDocument } from './board-report-document.ts';
import { chairsPackDocument } from './chairs-pack-document.ts';
import { briefingTables, countyTables, districtReportTables, lcpgPackTables } from './data-tables.ts';
import { districtReportDocument } from './district-report-document.ts';
import { lcpgPackDocument } from './lcpg-pack-document.ts';
import { membersBriefingDocument } from './members-briefing-document.ts';
import type {
  BoardReport,
  ChairsPack,
  DistrictReport,
  LcpgPack,
  MembersBriefing,
  SafeguardingExtract,
} from './model.ts';
import type { Publication } from './press.ts';
import { safeguardingDocument } from './safeguarding-document.ts';

/** What a press makes the forms of, from the model of each document: what it says, and the data behind it. */
export const publications = {
  boardReport: (report: BoardReport): Publication => ({
    document: boardReportDocument(report),
    tables: countyTables(report),
  }),
  chairsPack: (pack: ChairsPack): Publication => ({
    document: chairsPackDocument(pack),
    tables: countyTables(pack),
  }),
  lcpgPack: (pack: LcpgPack): Publication => ({
    document: lcpgPackDocument(pack),
    tables: lcpgPackTables(pack),
  }),
  districtReport: (report: DistrictReport): Publication => ({
    document: districtReportDocument(report),
    tables: districtReportTables(report),
  }),
  membersBriefing: (briefing: MembersBriefing): Publication => ({
    document: membersBriefingDocument(briefing),
    tables: briefingTables(briefing),
  }),
  /** Safeguarding matters are no data for a spreadsheet. */
  safeguarding: (extract: SafeguardingExtract): Publication => ({
    document: safeguardingDocument(extract),
    tables: [],
  }),
} as const;
