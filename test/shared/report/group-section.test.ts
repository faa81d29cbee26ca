import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyReturnContent, type GroupReturn } from '../../../shared/domain/return.ts';
import { groupSection } from '../../../shared/report/group-section.ts';
import { attendanceLine, dossier, signedReturn, submittedReturn } from './sample.ts';

const attendance = [
  attendanceLine('A', 'Police', 'present'),
  attendanceLine('B', 'Police', 'present'),
  attendanceLine('C', 'Housing', 'substitute'),
  attendanceLine('D', null, 'apologies'),
  attendanceLine('E', null, 'absent'),
  attendanceLine('F', null, 'unanswered'),
  attendanceLine('G', null, 'attending'),
];

describe('what is shown of one LCPG', () => {
  it('is signed with the name of who signed, or submitted, or nil', () => {
    expect(groupSection(dossier('ashford'))).toMatchObject({
      state: 'signed',
      signedBy: 'Ama Chair',
      submittedAt: '2026-10-05T10:00:00Z',
      meetingDate: '2026-09-30',
      held: true,
    });
    const submitted = dossier('dover', { given: submittedReturn('dover'), late: true });
    expect(groupSection(submitted)).toMatchObject({ state: 'submitted', signedBy: null, late: true });
    expect(groupSection(dossier('swale', { given: null, meeting: null, late: true }))).toMatchObject({
      state: 'nil',
      late: false,
      submittedAt: null,
      signedBy: null,
      meetingDate: null,
      held: null,
    });
  });

  it('takes a draft and a nil return for nil, whatever has been typed', () => {
    const content = {
      ...emptyReturnContent,
      held: true,
      concerns: [{ text: 'typed, not handed in', indicator: null }],
    };
    const common = {
      partnership: 'kent',
      cycle: 'c',
      group: 'g',
      content,
      saved: [],
      version: 0,
      revision: 1,
    };
    const nil: GroupReturn = { ...common, state: 'nil', nilAt: '2026-10-28T17:00:00Z' };
    for (const given of [nil, { ...common, state: 'draft' } as const]) {
      const section = groupSection(dossier('g', { given, attendance }));
      expect(section).toMatchObject({ state: 'nil', held: null, concerns: [] });
      expect(section.attendance).toEqual({ present: 0, substitutes: 0, apologies: 0, absent: 0, members: 7 });
    }
  });

  it('shows a return that was sent back as it was handed in, unsigned', () => {
    const given: GroupReturn = {
      ...submittedReturn('g', { concerns: [{ text: 'A concern', indicator: null }] }),
      state: 'sent-back',
      submittedAt: '2026-10-20T08:30:00Z',
      submittedBy: 'person-1',
      sentBackAt: '2026-10-21T08:30:00Z',
      sentBackBy: 'person-2',
      comment: 'COMMENT OF THE CHAIR',
    };
    const section = groupSection(dossier('g', { given }));
    expect(section).toMatchObject({ state: 'submitted', concerns: [{ text: 'A concern' }] });
    expect(JSON.stringify(section)).not.toContain('COMMENT OF THE CHAIR');
  });

  it('counts an attendance only where the meeting was held', () => {
    expect(groupSection(dossier('g', { attendance })).attendance).toEqual({
      present: 2,
      substitutes: 1,
      apologies: 1,
      absent: 1,
      members: 7,
    });
    const given = signedReturn('g', { held: false, notHeldReason: 'Snow', othersPresent: 'A visitor' });
    expect(groupSection(dossier('g', { attendance, given }))).toMatchObject({
      othersPresent: '',
      held: false,
      notHeldReason: 'Snow',
      attendance: { present: 0, substitutes: 0, members: 7 },
    });
  });

  it('says who else was there', () => {
    const given = signedReturn('g', { othersPresent: ' A visitor,\nand another\n' });
    expect(groupSection(dossier('g', { given })).othersPresent).toBe('A visitor,\nand another');
    expect(groupSection(dossier('g')).othersPresent).toBe('');
    expect(groupSection(dossier('g', { given: null })).othersPresent).toBe('');
  });

  it('leaves out findings and commentaries without text', () => {
    const given = signedReturn('g', {
      concerns: [{ text: ' \n', indicator: null }],
      achievements: [{ text: '', indicator: null }],
      commentaries: [{ indicator: 'gcse', text: '' }],
    });
    expect(groupSection(dossier('g', { given }))).toMatchObject({
      concerns: [],
      achievements: [],
      commentaries: [],
    });
  });

  it('never holds what a return says for others: safeguarding matters, messages, members', () => {
    const secret = fc.string({ minLength: 1 }).map((text) => `SECRET ${text}`);
    fc.assert(
      fc.property(
        fc.array(secret, { minLength: 1 }),
        secret,
        fc.constantFrom(signedReturn, submittedReturn),
        (safeguardingMatters, other, given) => {
          const section = groupSection(
            dossier('g', {
              given: given('g', {
                safeguardingMatters,
                localHwbMessage: other,
                cspMessage: other,
                membershipChanges: other,
                attendance: [{ person: other, presence: 'present' }],
                newActions: [{ description: other, owner: other, due: '2026-12-01' }],
                progress: [{ action: other, state: 'open', note: other }],
              }),
              attendance: [attendanceLine(other, 'Police', 'present')],
            }),
          );
          expect(JSON.stringify(section)).not.toContain('SECRET');
        },
      ),
    );
  });
});
