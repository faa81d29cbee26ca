import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { letterOf } from '../../rehearsal/members/letters.ts';
import type { ReceivedLetter } from '../../rehearsal/members/letters.ts';
import type { Attendance } from '../../shared/domain/cycle.ts';
import type { Person } from '../../shared/domain/partnership.ts';
import { Scene, everybodyBut, nobody, people } from '../support/world.ts';
import { handOver } from '../../shared/stages/by-hand.ts';
import { mutated } from './mutate.ts';

/** A scene in which Ashford's members have just been invited, and nobody has answered. */
const invited = async (): Promise<Scene> => {
  const scene = await Scene.open({ habit: everybodyBut('attendance') });
  await scene.untilEmail('invitation', people.ashfordMember);
  await scene.to('2026-09-21 10:00');
  return scene;
};

const letterTo = (scene: Scene, who: Person, kind = 'invitation', body = 'ashford'): ReceivedLetter => {
  const email = scene.emails({ kind, to: who }).findLast(({ ledgerKey }) => ledgerKey.includes(`~${body}`));
  if (email === undefined) throw new Error(`no ${kind} to ${who.id}`);
  return letterOf(email, scene.bytes(email));
};

let count = 0;
const raw = (from: string, body: string, more: Readonly<Record<string, string>> = {}): Buffer => {
  count += 1;
  const headers = {
    From: from,
    Subject: 'Re: invitation',
    'Message-ID': `<${String(count)}@mail.example.org>`,
    'Content-Type': 'text/plain; charset=utf-8',
    ...more,
  };
  return Buffer.from(
    `${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\r\n')}\r\n\r\n${body}\r\n`,
  );
};

const calendarReply = (
  letter: ReceivedLetter,
  from: string,
  status: string,
  { sequence = letter.invitation?.sequence ?? '0', stamp = '20260921T080000Z', more = '' } = {},
): Buffer =>
  raw(
    from,
    [
      'BEGIN:VCALENDAR',
      `METHOD:${status === 'COUNTER' ? 'COUNTER' : 'REPLY'}`,
      'BEGIN:VEVENT',
      `ATTENDEE;PARTSTAT=${status === 'COUNTER' ? 'TENTATIVE' : status}${more}:mailto:${from}`,
      `UID:${letter.invitation?.uid ?? ''}`,
      `DTSTAMP:${stamp}`,
      `SEQUENCE:${sequence}`,
      'DTSTART;TZID=GMT Standard Time:20261009T140000',
      'DTEND;TZID=GMT Standard Time:20261009T160000',
      'END:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n'),
    { 'Content-Type': 'text/calendar; method=REPLY' },
  );

const attendanceOf = async (scene: Scene, who: Person): Promise<Attendance | undefined> =>
  (await scene.place.attendance.of(scene.cycle, 'ashford')).find(({ person }) => person === who.id);

const me = people.ashfordMember;

describe('a reply in words', () => {
  it('is recorded and acknowledged in a line that says what and how to change it', async () => {
    const scene = await invited();
    const { replyTo } = letterTo(scene, me);
    expect(replyTo).toMatch(/^r-[a-z2-7]{52}@/u);
    expect(replyTo.indexOf('@')).toBeLessThanOrEqual(64);
    expect(await scene.world.receive(raw(me.email, "Yes I'll be there"), replyTo)).toBe('recorded');
    expect(await attendanceOf(scene, me)).toMatchObject({
      answer: { response: 'attending' },
      channel: 'reply',
    });
    expect((await scene.audit('ashford')).at(-1)).toMatchObject({
      what: 'attendance-answered',
      by: me.id,
      detail: { response: 'attending', channel: 'reply' },
    });
    const [acknowledgement] = scene.emails({ kind: 'reply-recorded', to: me });
    expect(scene.text(acknowledgement)).toContain('We recorded from your reply that you will come');
    expect(scene.text(acknowledgement)).toContain('/answer/');
  });

  it('takes its address in capitals, as some systems write it', async () => {
    const scene = await invited();
    const { replyTo } = letterTo(scene, me);
    expect(await scene.world.receive(raw(me.email, 'No'), replyTo.toUpperCase())).toBe('recorded');
  });

  it('names a substitute', async () => {
    const scene = await invited();
    await scene.world.receive(
      raw(me.email, 'Apologies, Jo Smith will come instead (jo@example.org)'),
      letterTo(scene, me).replyTo,
    );
    expect((await attendanceOf(scene, me))?.answer).toEqual({
      response: 'substitute',
      substitute: { name: 'Jo Smith', email: 'jo@example.org' },
    });
  });

  it.each(['Apologies, Mo Member will come instead', 'I cannot come. Mo Member will attend instead of me.'])(
    'that names its own writer as the substitute is asked again: %s',
    async (words) => {
      const scene = await invited();
      const own = words.replace('Mo Member', me.name);
      expect(await scene.world.receive(raw(me.email, own), letterTo(scene, me).replyTo)).toBe('asked-again');
      expect((await attendanceOf(scene, me))?.answer).toBeNull();
    },
  );

  it('that gives the writer’s own address for the substitute names the substitute without one', async () => {
    const scene = await invited();
    await scene.world.receive(
      raw(me.email, `Apologies, Jo Smith will come instead (${me.email})`),
      letterTo(scene, me).replyTo,
    );
    expect((await attendanceOf(scene, me))?.answer).toEqual({
      response: 'substitute',
      substitute: { name: 'Jo Smith', email: '' },
    });
  });

  it('that names one substitute too many is asked again, and the last answer stands', async () => {
    const scene = await invited();
    const { replyTo } = letterTo(scene, me);
    const name = (who: string): Promise<string> =>
      scene.world.receive(
        raw(me.email, `Apologies, ${who} Smith will come instead (${who.toLowerCase()}@example.org)`),
        replyTo,
      );
    for (const who of ['Jo', 'Kim', 'Lee']) expect(await name(who)).toBe('recorded');
    expect(await name('Max')).toBe('asked-again');
    expect((await attendanceOf(scene, me))?.answer).toMatchObject({
      substitute: { email: 'lee@example.org' },
    });
  });

  it('that is not certain records nothing: the person is asked once a day, the co-ordinator sees the words', async () => {
    const scene = await invited();
    const { replyTo } = letterTo(scene, me);
    for (const words of ["I'll come if I can", 'Perhaps', 'Not sure yet'])
      expect(await scene.world.receive(raw(me.email, words), replyTo)).toBe('asked-again');
    expect((await attendanceOf(scene, me))?.answer).toBeNull();
    expect(scene.emails({ kind: 'reply-not-recorded', to: me })).toHaveLength(1);
    const passedOn = scene.emails({ kind: 'reply-passed-on' });
    expect(scene.text(passedOn[0])).toContain("I'll come if I can");
    await scene.to('2026-09-22 10:00');
    await scene.world.receive(raw(me.email, 'Still not sure'), replyTo);
    expect(scene.emails({ kind: 'reply-not-recorded', to: me })).toHaveLength(2);
  });

  it('changes nothing more when it is taken twice', async () => {
    const scene = await invited();
    const { replyTo } = letterTo(scene, me);
    const reply = raw(me.email, "can't make it");
    await scene.world.receive(reply, replyTo);
    await scene.world.receive(reply, replyTo);
    expect(scene.emails({ kind: 'reply-recorded', to: me })).toHaveLength(1);
  });
});

describe('whom to believe', () => {
  it.each(['FAIL', 'GRAY', 'PROCESSING_FAILED', 'DISABLED'])(
    'a reply that SES judges %s is held, and the person asked by a link at the address on record',
    async (verdict) => {
      const scene = await invited();
      const { replyTo } = letterTo(scene, me);
      expect(await scene.world.receive(raw(me.email, 'Yes'), replyTo, verdict)).toBe('held');
      expect(await scene.world.receive(raw(me.email, 'No'), replyTo, verdict)).toBe('held');
      expect((await attendanceOf(scene, me))?.answer).toBeNull();
      const [question, ...others] = scene.emails({ kind: 'reply-not-recorded', to: me });
      expect(others).toEqual([]);
      expect(scene.text(question)).toContain('We could not be sure that it was from you');
    },
  );

  it('a reply from another address is held, whatever its verdicts', async () => {
    const scene = await invited();
    const { replyTo } = letterTo(scene, me);
    expect(await scene.world.receive(raw('somebody@elsewhere.example', 'Yes'), replyTo)).toBe('held');
    expect((await attendanceOf(scene, me))?.answer).toBeNull();
  });

  it('a reply from another address counts once a code that went there has been typed in, and the address on record hears of it', async () => {
    const scene = await invited();
    const { replyTo } = letterTo(scene, me);
    const other = 'mo@home.example.net';
    expect(await scene.world.receive(raw(other, 'Yes I will come'), replyTo)).toBe('held');
    const [question] = scene.emails({ kind: 'reply-not-recorded', to: me });
    const [path = ''] = /\/answer\/[\w-]{43}\/address/u.exec(scene.text(question)) ?? [];
    const page = await scene.browser.open(path);
    expect(page.document.textContent).toContain(other);
    expect((await scene.browser.send(page, {})).status).toBe(400);
    expect((await scene.browser.send(page, { address: 'eve@example.net' })).status).toBe(400);
    const code = await scene.browser.send(page, { address: other });
    expect(await scene.world.receive(raw(other, 'Yes I will come'), replyTo)).toBe('held');
    await scene.to('2026-09-21 10:05');
    const [emailed] = scene.emails({ kind: 'confirmation-code', to: me });
    expect(emailed?.to).toBe(other);
    const [digits = ''] = /\b\d{6}\b/u.exec(scene.text(emailed)) ?? [];
    await scene.browser.send(code, { code: digits });
    await scene.to('2026-09-21 10:10');
    const [told] = scene.emails({ kind: 'address-confirmed', to: me });
    expect(told?.to).toBe(me.email);
    expect(await scene.world.receive(raw(other, 'Yes I will come'), replyTo)).toBe('recorded');
    expect((await attendanceOf(scene, me))?.answer).toEqual({ response: 'attending' });
    // It is this person's alone.
    const { replyTo: another } = letterTo(scene, people.ashfordCoordinator);
    expect(await scene.world.receive(raw(other, 'Yes I will come'), another)).toBe('held');
    await scene.place.addresses.forget(me.id);
    expect(await scene.world.receive(raw(other, 'I cannot come, apologies'), replyTo)).toBe('held');
  });

  it('a reply whose sender may be forged offers no address', async () => {
    const scene = await invited();
    const { replyTo } = letterTo(scene, me);
    expect(await scene.world.receive(raw('mo@home.example.net', 'Yes'), replyTo, 'FAIL')).toBe('held');
    expect(scene.text(scene.emails({ kind: 'reply-not-recorded', to: me })[0])).not.toContain('/address');
    expect(await scene.place.addresses.of(me.id)).toEqual([]);
  });

  it('an address that stands for nothing is the contact’s to read', async () => {
    const scene = await invited();
    const { replyDomain } = scene.world.partnership;
    expect(await scene.world.receive(raw(me.email, 'Yes'), `r-${'a'.repeat(52)}@${replyDomain}`)).toBe(
      'forwarded',
    );
    expect(await scene.world.receive(raw(me.email, 'Yes'), `anybody@${replyDomain}`)).toBe('forwarded');
    expect(scene.world.forwarded).toHaveLength(2);
    expect(await scene.world.receive(raw(me.email, 'Yes'), 'r-a@elsewhere.example')).toBe('unknown-address');
  });

  it('what a machine wrote is neither answered nor counted', async () => {
    const scene = await invited();
    const before = scene.emails().length;
    const { replyTo } = letterTo(scene, me);
    const machine = raw(me.email, "Yes I'll be there", { 'Auto-Submitted': 'auto-replied' });
    expect(await scene.world.receive(machine, replyTo)).toBe('automatic');
    expect((await attendanceOf(scene, me))?.answer).toBeNull();
    expect(scene.emails()).toHaveLength(before);
    expect(scene.world.forwarded).toEqual([]);
  });
});

describe('a reply by calendar', () => {
  const send = async (scene: Scene, status: string, over: Parameters<typeof calendarReply>[3] = {}) => {
    const letter = letterTo(scene, me);
    return scene.world.receive(
      calendarReply(letter, me.email, status, over),
      letter.invitation?.organiser ?? '',
    );
  };

  it('sets the attendance, with no email about it', async () => {
    const scene = await invited();
    expect(await send(scene, 'ACCEPTED')).toBe('recorded');
    expect(await attendanceOf(scene, me)).toMatchObject({
      answer: { response: 'attending' },
      channel: 'calendar',
    });
    expect(scene.emails({ kind: 'reply-recorded' })).toEqual([]);
  });

  it('counts by SEQUENCE and DTSTAMP, in whatever order the replies arrive', async () => {
    const choices = [
      ['ACCEPTED', '0', '20260921T080100Z'],
      ['DECLINED', '0', '20260921T080200Z'],
      ['ACCEPTED', '0', '20260921T080300Z'],
      ['DECLINED', '1', '20260921T075900Z'],
    ] as const;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...choices], { minLength: 1 }), async (order) => {
        const scene = await invited();
        for (const [status, sequence, stamp] of order) await send(scene, status, { sequence, stamp });
        const newest = choices.findLast((choice) => order.includes(choice));
        expect((await attendanceOf(scene, me))?.answer?.response).toBe(
          newest?.[0] === 'ACCEPTED' ? 'attending' : 'apologies',
        );
      }),
      { numRuns: 6 },
    );
  }, 60_000);

  it('counts although it came by a list', async () => {
    const scene = await invited();
    const letter = letterTo(scene, me);
    const byList = Buffer.from(
      `List-Id: Partners <partners.example.org>\r\n${calendarReply(letter, me.email, 'ACCEPTED').toString()}`,
    );
    expect(await scene.world.receive(byList, letter.invitation?.organiser ?? '')).toBe('recorded');
    expect((await attendanceOf(scene, me))?.answer).toEqual({ response: 'attending' });
  });

  it('for a time that no longer stands is passed over', async () => {
    const scene = await invited();
    const old = letterTo(scene, me);
    await scene.fillIn(
      'meeting-date',
      people.ashfordCoordinator,
      {
        'date-day': '13',
        'date-month': '10',
        'date-year': '2026',
        start: '10am',
        end: '12pm',
        venue: 'Hall',
        link: '',
      },
      { body: 'ashford', having: 'venue' },
    );
    await scene.to('2026-09-22 10:00');
    const fresh = letterTo(scene, me);
    expect(fresh.invitation?.organiser).toBe(old.invitation?.organiser);
    expect(Number(fresh.invitation?.sequence)).toBeGreaterThan(Number(old.invitation?.sequence));
    const reply = calendarReply(old, me.email, 'ACCEPTED', { stamp: '20260922T080000Z' });
    expect(await scene.world.receive(reply, old.invitation?.organiser ?? '')).toBe('passed-over');
    expect((await attendanceOf(scene, me))?.answer).toBeNull();
    expect(await send(scene, 'DECLINED', { stamp: '20260922T080000Z' })).toBe('recorded');
  });

  it('in words to the invitation of the earlier time records nothing, and is asked by the new link', async () => {
    const scene = await invited();
    const old = letterTo(scene, me);
    expect(await scene.world.receive(raw(me.email, "Yes I'll be there"), old.replyTo)).toBe('recorded');
    await scene.fillIn(
      'meeting-date',
      people.ashfordCoordinator,
      {
        ...{ 'date-day': '8', 'date-month': '10', 'date-year': '2026', start: '10am', end: '12pm' },
        ...{ venue: 'Library', link: '' },
      },
      { having: 'venue', body: 'ashford' },
    );
    await scene.to('2026-09-22 10:00');
    expect(await scene.world.receive(raw(me.email, "Sorry, can't make it"), old.replyTo)).toBe('closed');
    expect((await attendanceOf(scene, me))?.answer).toBeNull();
    const asked = scene.text(scene.emails({ kind: 'reply-not-recorded', to: me }).at(-1));
    expect(asked).toContain('Ashford LCPG on Thursday 8 October 2026');
    expect(asked).toContain('/answer/');
    expect(
      (await scene.requests('attendance', 'ashford')).find(
        ({ person, subject }) => person === me.id && subject.round === 2,
      )?.state,
    ).toBe('open');
  });

  it('that is tentative is no answer, and undoes an earlier one', async () => {
    const scene = await invited();
    await send(scene, 'ACCEPTED', { stamp: '20260921T080100Z' });
    expect(await send(scene, 'TENTATIVE', { stamp: '20260921T080200Z' })).toBe('tentative');
    expect(await attendanceOf(scene, me)).toMatchObject({ answer: null, channel: null });
    expect(await send(scene, 'ACCEPTED', { stamp: '20260921T080100Z' })).toBe('passed-over');
  });

  it('that proposes another time goes to the co-ordinator, with the time', async () => {
    const scene = await invited();
    expect(await send(scene, 'COUNTER')).toBe('proposal');
    expect((await attendanceOf(scene, me))?.answer).toBeNull();
    const [proposal] = scene.emails({ kind: 'reply-passed-on', to: people.ashfordCoordinator });
    expect(scene.text(proposal)).toContain('Date: Friday 9 October 2026\nTime: 2pm to 4pm');
  });

  it('of the invitee’s own calendar at an unknown address makes no substitute: they are asked', async () => {
    const scene = await invited();
    const letter = letterTo(scene, me);
    const reply = calendarReply(letter, 'home@elsewhere.example', 'ACCEPTED', { more: `;CN=${me.name}` });
    expect(await scene.world.receive(reply, letter.replyTo)).toBe('held');
    expect((await attendanceOf(scene, me))?.proposed ?? null).toBeNull();
    expect(scene.text(scene.emails({ kind: 'reply-not-recorded', to: me })[0])).toContain('/address');
  });

  it('of somebody who was not invited makes a possible substitute', async () => {
    const scene = await invited();
    const letter = letterTo(scene, me);
    const reply = calendarReply(letter, 'sam.lee@example.org', 'ACCEPTED');
    expect(await scene.world.receive(reply, letter.invitation?.organiser ?? '')).toBe('proposal');
    expect((await attendanceOf(scene, me))?.answer).toBeNull();
    expect(await attendanceOf(scene, people.ashfordCoordinator)).toMatchObject({ answer: null });
    const [proposal] = scene.emails({ kind: 'reply-passed-on', to: people.ashfordCoordinator });
    expect(scene.text(proposal)).toContain('sam.lee@example.org) accepted the invitation');
    expect(scene.emails({ kind: 'reply-not-recorded', to: me })).toHaveLength(1);
  });
});

describe('a document', () => {
  const withFile = (from: string, file: string, name: string): Buffer =>
    raw(
      from,
      `--m\r\nContent-Type: text/plain\r\n\r\nPlease find the minutes attached.\r\n--m\r\nContent-Type: application/octet-stream; name="${name}"\r\nContent-Disposition: attachment; filename="${name}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(file, 'latin1').toString('base64')}\r\n--m--`,
      { 'Content-Type': 'multipart/mixed; boundary="m"' },
    );

  const asked = async (): Promise<readonly [Scene, string]> => {
    const scene = await Scene.open({ habit: nobody });
    await scene.untilEmail('minutes-request', people.secretary);
    const [email] = scene.emails({ kind: 'minutes-request', to: people.secretary });
    if (email === undefined) throw new Error('no request');
    return [scene, letterOf(email, scene.bytes(email)).replyTo];
  };

  it('attached to a reply to the request for the minutes is taken as the minutes', async () => {
    const [scene, replyTo] = await asked();
    const reply = withFile(people.secretary.email, '%PDF-1.7\n%%EOF', 'minutes.pdf');
    expect(await scene.world.receive(reply, replyTo)).toBe('recorded');
    const { document } = (await scene.place.minutes.of(scene.cycle)) ?? {};
    expect(document).toMatchObject({ contentType: 'application/pdf', bytes: 14 });
    expect(document?.fileName).toMatch(/\.pdf$/u);
  });

  it.each([
    ['MZ a program', 'minutes.pdf', 'must be a PDF'],
    ['%PDF-1.7 /JavaScript', 'minutes.pdf', 'contains a script'],
    ['PK\u0003\u0004 word/document.xml word/vbaProject.bin', 'minutes.docx', 'damaged'],
  ])('that may not be taken (%s) is refused with the reason', async (file, name, why) => {
    const [scene, replyTo] = await asked();
    expect(await scene.world.receive(withFile(people.secretary.email, file, name), replyTo)).toBe(
      'asked-again',
    );
    expect(await scene.place.minutes.of(scene.cycle)).toBeUndefined();
    const [refusal] = scene.emails({ kind: 'reply-not-recorded', to: people.secretary });
    expect(scene.text(refusal).replaceAll('\n', ' ')).toContain(why);
  });

  it('sent for a return by somebody else than the co-ordinator is told to the co-ordinator', async () => {
    const scene = await Scene.open({ habit: nobody });
    await scene.untilEmail('return-request', people.ashfordCoordinator);
    const request = await scene.request('return', 'ashford');
    if (request === undefined) throw new Error('no return is asked for');
    await handOver(scene.place, scene.world.partnership, request, me.id, people.ashfordCoordinator.id);
    const email = await scene.untilEmail('return-request', me);
    const reply = withFile(me.email, '%PDF-1.7\n%%EOF', 'return.pdf');
    expect(await scene.world.receive(reply, letterOf(email, scene.bytes(email)).replyTo)).toBe('recorded');
    expect(scene.emails({ kind: 'reply-recorded', to: me })).toHaveLength(1);
    const [told] = scene.emails({ kind: 'reply-passed-on', to: people.ashfordCoordinator });
    const text = scene.text(told).replaceAll('\n', ' ');
    expect(text).toContain('Mo Member sent a document for the return');
    const path = /\/document\/[\w-]{43}/u.exec(text)?.[0] ?? '';
    expect((await scene.browser.open(path)).status).toBe(302);
  });

  it('is what a reply in words to such a request is not: that goes to the contact', async () => {
    const [scene, replyTo] = await asked();
    expect(await scene.world.receive(raw(people.secretary.email, 'They will come on Monday'), replyTo)).toBe(
      'forwarded',
    );
  });
});

describe('no message whatever', () => {
  it('changes another member’s answer, or stops the function', async () => {
    const scene = await invited();
    const letter = letterTo(scene, me);
    const to = [
      letter.replyTo,
      letter.invitation?.organiser ?? '',
      `x@${scene.world.partnership.replyDomain}`,
    ];
    const others = async () =>
      (await scene.place.attendance.of(scene.cycle, 'ashford')).filter(({ person }) => person !== me.id);
    const before = await others();
    for (let seed = 1; seed <= 300; seed += 1) {
      // Half of them come from the member, so that they are believed.
      const message = Buffer.from(mutated(seed));
      const own =
        seed % 2 === 0
          ? Buffer.from(
              message
                .toString('latin1')
                .replace(/^From:.*$/mu, `From: ${me.email}`)
                .replaceAll('jo.smith@ashford.example.org', people.ashfordCoordinator.email),
              'latin1',
            )
          : message;
      await scene.world.receive(own, to[seed % to.length] ?? '');
    }
    expect(await others()).toEqual(before);
  }, 60_000);
});
