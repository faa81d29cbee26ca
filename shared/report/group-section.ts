import { figureStories } from '../domain/figure-story.ts';
import { isReceived, type Finding } from '../domain/return.ts';
import type { GroupDossier, GroupSection } from './model.ts';
import { reportedGroup } from './report-record.ts';

/** The attendance of a meeting that nobody recorded. */
const noAttendance = { present: 0, substitutes: 0, apologies: 0, absent: 0 };

const withText = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ text }) => text.trim() !== '');

/** Whether the LCPG met, and its return says so: only then is there an attendance to count. */
export const metAndReturned = ({ given }: GroupDossier): boolean =>
  given !== null && isReceived(given) && given.content.held === true;

/**
 * What the chairs and the board are shown of one LCPG. Fields are picked one by one, so that nothing that a return holds
 * for others (safeguarding matters, messages to the Local HWB and the CSP, members' names) can get in. A return that was
 * sent back is shown as it was handed in, unsigned; one that was never handed in is nil.
 */
export const groupSection = (dossier: GroupDossier): GroupSection => {
  const { given, figures } = dossier;
  const received = given !== null && isReceived(given) ? given : null;
  const content = received?.content ?? null;
  const names = new Map(figures.map(({ indicator, name }) => [indicator, name]));
  const count = (presence: string): number =>
    dossier.attendance.filter((line) => line.presence === presence).length;
  const section: Omit<GroupSection, 'stories'> = {
    group: dossier.group,
    groupName: dossier.groupName,
    area: dossier.area,
    state: received === null ? 'nil' : received.state === 'signed' ? 'signed' : 'submitted',
    late: received !== null && dossier.late,
    submittedAt: received?.submittedAt ?? null,
    signedBy: received?.state === 'signed' ? dossier.signedByName : null,
    chair: dossier.chair,
    coordinator: dossier.coordinator,
    meetingDate: dossier.meeting?.date ?? null,
    held: content?.held ?? null,
    notHeldReason: content?.held === false ? content.notHeldReason : '',
    attendance: {
      ...(metAndReturned(dossier)
        ? {
            present: count('present'),
            substitutes: count('substitute'),
            apologies: count('apologies'),
            absent: count('absent'),
          }
        : noAttendance),
      members: dossier.attendance.length,
    },
    othersPresent: content?.held === true ? content.othersPresent.trim() : '',
    missingSectors: dossier.missingSectors,
    missingRoles: dossier.missingRoles,
    figures,
    commentaries: (content?.commentaries ?? [])
      .filter(({ text }) => text.trim() !== '')
      .map(({ indicator, text }) => ({ indicator, indicatorName: names.get(indicator) ?? '', text })),
    achievements: withText(content?.achievements ?? []),
    concerns: withText(content?.concerns ?? []),
    escalations: content?.escalations ?? [],
    actions: dossier.actions,
    grants: dossier.grants,
  };
  return { ...section, stories: figureStories([...dossier.reported, reportedGroup(dossier.cycle, section)]) };
};
