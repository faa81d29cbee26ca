import { createHash } from 'node:crypto';
import * as z from 'zod';

import { longestPartnershipId } from '../contracts/names.ts';

/** Ids of partnerships, bodies, groups and indicators: safe in keys, links and file names. */
export const idPattern = /^(?=.{1,60}$)[a-z0-9]+(?:-[a-z0-9]+)*$/u;
export const expectedId =
  'small letters, digits and single hyphens, at most 60, such as folkestone-and-hythe';

/** Whether a text can be the id of a partnership: an id, and short enough for the schedules that are named after it. */
export const isPartnershipId = (text: string): boolean =>
  idPattern.test(text) && text.length <= longestPartnershipId;
export const expectedPartnershipId = `small letters, digits and single hyphens, at most ${String(longestPartnershipId)}, such as kent`;

/** Whether a text holds signs that nobody sees, such as those that a damaged file is full of. */
export const hasControls = (text: string): boolean => /[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text);

/** Whether a text is a day that exists, as `2026-09-16`. */
export const isDate = (text: string): boolean => {
  if (!/^(?:19|20|21)\d{2}-\d{2}-\d{2}$/u.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
};
export const expectedDate = 'a day that exists, written year-month-day, such as 2026-09-16';

export const isTime = (text: string): boolean => /^(?:[01]\d|2[0-3]):[0-5]\d$/u.test(text);
export const expectedTime = 'a time on the 24-hour clock, such as 09:30';

export const isEmail = (text: string): boolean => text.length <= 254 && z.regexes.email.test(text);
export const expectedEmail = 'an email address, such as jo.smith@example.org';

export const isDomain = (text: string): boolean =>
  text.length <= 253 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/iu.test(text);

export const isWebLink = (text: string): boolean =>
  /^https?:\/\/[^\s<>"]+$/iu.test(text) && URL.canParse(text);

/** A period that a figure is of: an ISO 8601 interval of a day and a duration, or of two days. */
export const isPeriod = (text: string): boolean => {
  const [start = '', end = '', ...more] = text.split('/');
  if (more.length > 0 || !isDate(start)) return false;
  return /^P[1-9]\d{0,2}[YMWD]$/u.test(end) || (isDate(end) && end > start);
};
export const expectedPeriod = 'an interval, such as 2024-09-01/P1Y or 2024-09-01/2025-08-31';

/**
 * A person's id: the readable part of the address, and five signs that tell apart those whose readable parts agree. It
 * depends on the address alone, so that neither the order of the file nor anybody who joins or leaves changes whose id
 * it is. Only small letters, digits and single hyphens: safe between `~`, `|` and `#`, and in file names.
 */
export const personId = (email: string): string => {
  const address = email.toLowerCase();
  const readable = address
    .slice(0, address.lastIndexOf('@'))
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/gu, '-')
    .slice(0, 40)
    .replaceAll(/^-+|-+$/gu, '');
  const digest = BigInt(`0x${createHash('sha256').update(address).digest('hex').slice(0, 16)}`);
  const mark = digest.toString(36).padStart(5, '0').slice(-5);
  return `${readable === '' ? 'person' : readable}-${mark}`;
};

/** The least and the greatest value that a unit allows. */
export const unitRange = (unit: string): { readonly least: number; readonly greatest: number } => {
  const words = unit.trim().toLowerCase();
  if (words === '%' || words === 'percentage' || /^per ?cent$/u.test(words))
    return { least: 0, greatest: 100 };
  const per = /\bper ([\d,]+)\b/u.exec(words)?.[1];
  if (per !== undefined) return { least: 0, greatest: Number(per.replaceAll(',', '')) };
  if (/^(?:number|count|children|people|pupils)$/u.test(words)) return { least: 0, greatest: Infinity };
  return { least: -Infinity, greatest: Infinity };
};
