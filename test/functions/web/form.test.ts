import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  dayOf,
  dayValues,
  Form,
  isEmailAddress,
  linesOf,
  timeOf,
} from '../../../functions/web/forms/form.ts';

describe('fields', () => {
  it('are read clean: line ends one way, no control characters, no spaces around', () => {
    const form = Form.ofBody('a=%20x%0D%0Ay%00%07%20%0D%0A&a=2&b=1%09+2', null);
    expect(form.text('a')).toBe('x\ny');
    expect(form.line('a')).toBe('x y');
    expect(form.list('a')).toEqual(['x\ny', '2']);
    expect(form.line('b')).toBe('1 2');
    expect(form.text('none')).toBe('');
  });

  it('of a list are found by their numbers', () => {
    const form = Form.ofBody('item-10-text=a&item-2-text=b&item-2-other=&item-x-text=&items-3-text=', null);
    expect(form.numbers('item')).toEqual([2, 10]);
  });
});

describe('times', () => {
  it.each([
    ['9:30', '09:30'],
    ['09.30', '09:30'],
    ['9.30 AM', '09:30'],
    ['2pm', '14:00'],
    ['12am', '00:00'],
    ['12:15pm', '12:15'],
    ['1400', '14:00'],
    ['midday', '12:00'],
    ['9', undefined],
    ['25:00', undefined],
    ['13pm', undefined],
    ['9:75', undefined],
    ['', undefined],
    ['soon', undefined],
  ])('%s is %s', (text, time) => {
    expect(timeOf(text)).toBe(time);
  });
});

describe('days', () => {
  const read = (day: string, month: string, year: string) =>
    dayOf(
      new Form(
        [
          ['d-day', day],
          ['d-month', month],
          ['d-year', year],
        ],
        null,
      ),
      'd',
    );

  it.each([
    ['1', '2', '2026', '2026-02-01'],
    ['01', 'Sept', '2026', '2026-09-01'],
    ['1', 'september', '2026', '2026-09-01'],
    ['29', '2', '2028', '2028-02-29'],
    ['29', '2', '2026', undefined],
    ['1', '13', '2026', undefined],
    ['1', '2', '26', undefined],
    ['x', '2', '2026', undefined],
    ['', '', '', null],
    ['1', '', '2026', undefined],
  ])('%s %s %s is %s', (day, month, year, iso) => {
    expect(read(day, month, year)).toBe(iso);
  });

  it('come back as they went out', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const iso = date.toISOString().slice(0, 10);
          expect(dayOf(new Form(Object.entries(dayValues('d', iso)), null), 'd')).toBe(iso);
        },
      ),
    );
  });
});

it('lines lose their bullets and numbers, and nothing else', () => {
  expect(linesOf('- one\n* two\n\n• three\n1. four\n12) five\n-6 degrees\n2026 was cold')).toEqual([
    'one',
    'two',
    'three',
    'four',
    'five',
    '-6 degrees',
    '2026 was cold',
  ]);
});

it.each([
  ['name@example.org', true],
  ["aoife.o'brien@sub.example.co.uk", true],
  ['name@example', false],
  ['two@at@example.org', false],
  ['a b@example.org', false],
  ['name@example.org\nBcc: x@y.org', false],
  ['<name@example.org>', false],
])('%s as an address: %s', (text, valid) => {
  expect(isEmailAddress(text)).toBe(valid);
});
