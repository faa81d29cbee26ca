import { createHash } from 'node:crypto';

import pMap from 'p-map';
import type * as z from 'zod/mini';

import { isUntouched } from '../domain/chairs-group.ts';
import { compileBoardReport } from '../report/board-report.ts';
import { membersBriefing } from '../report/members-briefing.ts';
import type { BoardReport, GroupDossier } from '../report/model.ts';
import { reportRecord } from '../report/report-record.ts';
import { publications } from '../report/publications.ts';
import { longestStory } from '../domain/figure-story.ts';
import { askedInReturn, indicatorsOf, localObservations } from '../domain/local-figures.ts';
import type { Indicator } from '../domain/partnership.ts';
import type { ReportRecord } from '../domain/report-record.ts';
import { isReceived } from '../domain/return.ts';
import type { IsoDate } from '../time/calendar.ts';
import { dossiersOf } from './dossiers.ts';
import { boardAnswers } from './minutes.ts';
import { cyclePayload } from './opening.ts';
import { documentNames, publish } from './published.ts';
import type { Task } from './task.ts';
import type { AnswerDesk, Workplace } from './workplace.ts';
import { calendarOf, nowOf } from './workplace.ts';

const representativesOf = async (
  desk: AnswerDesk,
  cycle: string,
  on: IsoDate,
): Promise<{ readonly people: BoardReport['representatives']; readonly confirmed: boolean }> => {
  const representatives = await desk.chairsGroup.representatives(cycle);
  const ids = representatives?.people ?? [];
  const chairs = new Map(
    (await desk.directory.holders('chair', on)).map((member) => [member.person, member]),
  );
  const people = [];
  for (const { id, name } of await desk.directory.people(ids)) {
    const body = chairs.get(id)?.body;
    people.push({ name, groupName: body === undefined ? '' : (await desk.directory.group(body)).name });
  }
  return { people, confirmed: representatives?.state === 'confirmed' };
};

/** Id of an escalated item: the same words from the same group in the same cycle are the same item. */
const escalationId = (cycle: string, place: number, group: string, issue: string): string =>
  `${cycle}-${String(place).padStart(4, '0')}-${createHash('sha256').update(`${group}\n${issue}`).digest('hex').slice(0, 8)}`;

/** Returns and signatures no longer count: who was still asked for one is not chased any more. The sweep tells machines. */
const closeReturns = async (place: Workplace, cycle: string, groups: readonly string[]): Promise<void> => {
  await pMap(
    groups,
    async (group) => {
      for (const request of await place.requests.about(cycle, group)) {
        if (request.state !== 'open' || (request.kind !== 'return' && request.kind !== 'return-signoff'))
          continue;
        await place.requests.expire(request, nowOf(place));
      }
    },
    { concurrency: 8 },
  );
};

/** What the returns say of their LCPGs' own indicators is known to the cycles that follow. */
const keepLocalFigures = async (
  place: Workplace,
  dossiers: readonly GroupDossier[],
  indicators: readonly Indicator[],
): Promise<void> => {
  for (const { group, area, given } of dossiers) {
    const told = given !== null && isReceived(given) ? (given.content.localFigures ?? []) : [];
    if (told.length === 0) continue;
    const published = indicatorsOf(await place.indicators.observations(area));
    const asked = askedInReturn(group, indicators, published);
    await place.indicators.keepLocalObservations(group, localObservations(area, told, asked));
  }
};

/** The last report that was compiled; null where there is none. */
const previousReport = async (desk: AnswerDesk, cycle: string): Promise<ReportRecord | null> => {
  for (const { id } of await desk.cycles.earlier(cycle, longestStory)) {
    const record = await desk.reports.of(id);
    if (record !== undefined) return record;
  }
  return null;
};

/**
 * Compiles the report, and the briefing of good examples from it, and keeps both. The secretariat gets the report with the
 * request for its receipt, which comes next; what else goes out of them follows that.
 */
export const compileReport: Task<z.infer<typeof cyclePayload>, object> = {
  name: 'compile-report',
  input: cyclePayload,
  async run(place, { cycle: id }) {
    const partnership = await place.directory.partnership();
    const before = await place.cycles.known(id);
    // Closing the cycle to changes comes first: what is compiled then is what everybody sees from then on.
    const cycle = await place.cycles.report(before, nowOf(place));
    const at = cycle.reportedAt ?? nowOf(place);
    const on = calendarOf(partnership).dateOf(at);
    const [summary, minutes, representatives, answers, dossiers, indicators, previous] = await Promise.all([
      place.chairsGroup.summary(id),
      place.minutes.of(id),
      representativesOf(place, id, on),
      boardAnswers(place, cycle),
      dossiersOf(place, partnership, cycle),
      place.indicators.definitions(),
      previousReport(place, id),
    ]);
    await closeReturns(
      place,
      id,
      dossiers.filter(({ given }) => given !== null && given.state !== 'signed').map(({ group }) => group),
    );
    const report = compileBoardReport({
      partnership,
      cycle,
      indicators,
      dossiers,
      compiledAt: at,
      summary:
        // A draft that nobody touched is drafted afresh: returns may have come since.
        summary === undefined || isUntouched(summary)
          ? null
          : {
              content: summary.content,
              draftedAt: summary.draftedAt ?? cycle.moments.chairsPack,
              approved:
                summary.approvedAt === null || summary.approvedBy === null
                  ? null
                  : {
                      by: (await place.directory.person(summary.approvedBy))?.name ?? summary.approvedBy,
                      at: summary.approvedAt,
                    },
            },
      representatives,
      answers,
      minutesKeyMessages: minutes?.keyMessages ?? [],
      previous,
    });
    const made = await publish(place, cycle, documentNames.boardReport, publications.boardReport(report));
    const briefing = await publish(
      place,
      cycle,
      documentNames.membersBriefing,
      publications.membersBriefing(membersBriefing(report)),
    );
    await place.cycles.reportMade(cycle, { report: made.files, briefing: briefing.files }, at);
    await place.reports.keep(reportRecord(report));
    await keepLocalFigures(place, dossiers, indicators);
    await place.escalations.carry(
      id,
      answers.filter(({ answer }) => answer === ''),
    );
    await place.escalations.report(
      report.escalations.map(({ group, issue, ask, indicator }, index) => ({
        id: escalationId(id, index + 1, group, issue),
        cycle: id,
        group,
        issue,
        ask,
        indicator,
        state: 'reported',
        answer: '',
        answeredAt: null,
        toldAt: null,
      })),
      at,
    );
    return {};
  },
};
