import type { IndicatorFigure } from '../../domain/figure.ts';
import { measured, rankInWords } from '../../templates/filters.ts';
import type { CountywideIndicator } from '../dashboard.ts';
import type { Block } from '../document.ts';

/**
 * Drawings of a dashboard. They say nothing that their alternative text and the table beside them do not say, and mark
 * with shapes what they mark with colours.
 */

type Measure = Pick<IndicatorFigure, 'unit' | 'decimals'>;

const inText = (value: number, { unit, decimals }: Measure): string => measured(value, unit, decimals);

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A place on the drawing, short: half a pixel is nobody's to see. */
const at = (place: number): string => String(Math.round(place * 10) / 10);

const ink = '#0b0c0c';
const quietInk = '#484c51';
const rule = '#b1b4b6';
const accent = '#1d4f91';

const text = (
  x: number,
  y: number,
  words: string,
  { size = 12, anchor = 'start', fill = ink, bold = false } = {},
): string =>
  `<text x="${at(x)}" y="${at(y)}" font-size="${String(size)}" text-anchor="${anchor}" fill="${fill}"${bold ? ' font-weight="bold"' : ''}>${escaped(words)}</text>`;

const line = (x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1): string =>
  `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" stroke="${stroke}" stroke-width="${String(width)}"/>`;

const diamond = (x: number, y: number, size: number, fill: string): string =>
  `<path d="M${at(x)} ${at(y - size)}L${at(x + size)} ${at(y)}L${at(x)} ${at(y + size)}L${at(x - size)} ${at(y)}Z" fill="${fill}" stroke="#fff" stroke-width="1"/>`;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** Circles in one path: a PDF is set in less time than with a shape for each of them. */
const circles = (places: readonly Place[]): string =>
  places.length === 0
    ? ''
    : `<path d="${places.map(({ x, y }) => `M${at(x - 4)} ${at(y)}a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z`).join('')}" fill="#fff" fill-opacity="0.6" stroke="${quietInk}" stroke-width="1.25"/>`;

/** The shape of each rating, as in words: a circle, a triangle, a square. */
const ratingShapes = {
  green: {
    fill: '#00703c',
    path: ({ x, y }: Place) => `M${at(x - 5)} ${at(y)}a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z`,
  },
  amber: {
    fill: '#b35c00',
    path: ({ x, y }: Place) => `M${at(x)} ${at(y - 6)}l6 11h-12Z`,
  },
  red: { fill: '#aa1111', path: ({ x, y }: Place) => `M${at(x - 5)} ${at(y - 5)}h10v10h-10Z` },
} as const;
const ratings = ['green', 'amber', 'red'] as const;

/** The shapes of a rating in one path, like {@link circles}. */
const rated = (rating: (typeof ratings)[number], places: readonly Place[]): string =>
  places.length === 0
    ? ''
    : `<path d="${places.map(ratingShapes[rating].path).join('')}" fill="${ratingShapes[rating].fill}" fill-opacity="0.85"/>`;

/** Among more districts than these a drawing of each of them shows nothing, and takes long. */
const mostDrawn = 100;

const width = 660;
const heading = 30;
const rowHeight = 58;
const nameWidth = 210;
const lineFrom = 226;
const lineTo = 346;
const stripFrom = 392;
const stripTo = 628;

/** Words in lines of about so many letters, three at most. */
const wrapped = (words: string, letters: number, most: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= letters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''}…`];
};

const nameOf = (name: string, top: number, letters = 34): string => {
  const lines = wrapped(name, letters, 3);
  const first = top + rowHeight / 2 - ((lines.length - 1) * 14) / 2 + 4;
  return lines.map((words, index) => text(0, first + index * 14, words)).join('');
};

const scale =
  (least: number, greatest: number, from: number, to: number) =>
  (value: number): number =>
    greatest === least ? (from + to) / 2 : from + ((value - least) / (greatest - least)) * (to - from);

/** The figures of the last periods as a line, with the latest one marked; a gap where there is no figure. */
const sparkline = ({ history }: IndicatorFigure, top: number): string => {
  const values = history.flatMap(({ value }) => (value === null ? [] : [value]));
  if (values.length < 2)
    return text(lineFrom, top + rowHeight / 2 + 4, 'One period only', { size: 11, fill: quietInk });
  const x = scale(0, history.length - 1, lineFrom, lineTo);
  const y = scale(Math.min(...values), Math.max(...values), top + rowHeight - 16, top + 16);
  let path = '';
  let pen = 'M';
  for (const [index, { value }] of history.entries()) {
    if (value === null) {
      pen = 'M';
      continue;
    }
    path += `${pen}${at(x(index))} ${at(y(value))}`;
    pen = 'L';
  }
  const last = history.at(-1)?.value ?? null;
  return `<path d="${path}" fill="none" stroke="${accent}" stroke-width="2"/>${
    last === null ? '' : diamond(x(history.length - 1), y(last), 5, accent)
  }`;
};

/** The line on which the districts' values stand, with its ends written below it. */
const strip = (
  spread: readonly number[],
  measure: Measure,
  top: number,
  from: number,
  to: number,
): string => {
  const [least, greatest] = [spread[0] ?? 0, spread.at(-1) ?? 0];
  const middle = top + rowHeight / 2 - 4;
  return (
    line(from, middle, to, middle, rule) +
    text(from, middle + 22, inText(least, measure), { size: 11, fill: quietInk }) +
    text(to, middle + 22, inText(greatest, measure), { size: 11, anchor: 'end', fill: quietInk })
  );
};

/** How far above the line each value stands: equal ones on top of each other. */
const stacked = (places: readonly number[]): readonly number[] => {
  const taken = new Map<number, number>();
  return places.map((place) => {
    const near = Math.round(place);
    const level = taken.get(near) ?? 0;
    taken.set(near, level + 1);
    return Math.min(level, highestStack) * stackStep;
  });
};

const highestStack = 2;
const stackStep = 10;

const countyMark = (x: number, top: number): string =>
  line(x, top + rowHeight / 2 - 15, x, top + rowHeight / 2 + 7, ink, 2);

const drawing = (rows: number, content: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(width)} ${String(heading + rows * rowHeight)}" width="${String(width)}" height="${String(heading + rows * rowHeight)}" font-family="Arial, Helvetica, sans-serif">${content}</svg>`;

const ruled = (rows: number): string =>
  Array.from({ length: rows + 1 }, (_, row) =>
    line(0, heading + row * rowHeight, width, heading + row * rowHeight, rule, row === 0 ? 1.5 : 0.75),
  ).join('');

/**
 * A district's figures of one outcome: the last periods as a line, and where it stands among all districts. Null where
 * none of them has a figure.
 */
export const districtChart = (
  outcome: string,
  figures: readonly IndicatorFigure[],
  groupName: string,
  areaName: string,
): Block | null => {
  const shown = figures.filter(
    ({ value, spread, of }) => value !== null && spread.length > 1 && of <= mostDrawn,
  );
  if (shown.length === 0) return null;
  const rows = shown.map((figure, index) => {
    const top = heading + index * rowHeight;
    const x = scale(figure.spread[0] ?? 0, figure.spread.at(-1) ?? 0, stripFrom, stripTo);
    const middle = top + rowHeight / 2 - 4;
    const { value, county } = figure;
    const levels = stacked(figure.spread.map(x));
    const ends = [figure.spread[0] ?? 0, figure.spread.at(-1) ?? 0] as const;
    return [
      nameOf(figure.name, top),
      sparkline(figure, top),
      strip(figure.spread, figure, top, stripFrom, stripTo),
      circles(figure.spread.map((one, place) => ({ x: x(one), y: middle - (levels[place] ?? 0) }))),
      county === null || county < ends[0] || county > ends[1] ? '' : countyMark(x(county), top),
      value === null ? '' : diamond(x(value), middle, 7, accent),
    ].join('');
  });
  const head = [
    text(0, 18, 'Indicator', { bold: true }),
    text(lineFrom, 18, 'Over time', { bold: true }),
    text(stripFrom, 18, 'All districts', { bold: true }),
    diamond(stripTo - 118, 14, 5, accent),
    text(stripTo - 108, 18, 'this one', { size: 11, fill: quietInk }),
    line(stripTo - 50, 7, stripTo - 50, 21, ink, 2),
    text(stripTo - 44, 18, areaName.length <= 9 ? areaName : 'county', { size: 11, fill: quietInk }),
  ].join('');
  const alternative = shown
    .map((figure) => {
      const place =
        figure.rank === null
          ? ''
          : `, ${rankInWords({ rank: figure.rank, of: figure.of, joint: figure.joint })}`;
      const ofCounty = figure.county === null ? '' : `; ${areaName} has ${inText(figure.county, figure)}`;
      return `${figure.name}: ${figure.value === null ? 'no figure' : inText(figure.value, figure)}${place}. The districts range from ${inText(figure.spread[0] ?? 0, figure)} to ${inText(figure.spread.at(-1) ?? 0, figure)}${ofCounty}.`;
    })
    .join(' ');
  return {
    kind: 'figure',
    svg: drawing(shown.length, head + ruled(shown.length) + rows.join('')),
    alternative,
    caption: `${outcome}: ${groupName} over time, and among all districts`,
    width,
    height: heading + shown.length * rowHeight,
  };
};

/** Every district's figure of each indicator of an outcome, with the shape of its rating. Null where there is none. */
export const countyChart = (
  outcome: string,
  indicators: readonly CountywideIndicator[],
  ratedValues: (indicator: string) => readonly {
    readonly value: number;
    readonly rating: IndicatorFigure['rating'];
  }[],
  areaName: string,
): Block | null => {
  const shown = indicators.filter(
    ({ spread, green, amber, red }) => spread.length > 1 && green + amber + red <= mostDrawn,
  );
  if (shown.length === 0) return null;
  const from = nameWidth + 40;
  const rows = shown.map(({ indicator, spread, county }, index) => {
    const top = heading + index * rowHeight;
    const [least, greatest] = [spread[0] ?? 0, spread.at(-1) ?? 0];
    const x = scale(least, greatest, from, stripTo);
    const values = ratedValues(indicator.id);
    const levels = stacked(values.map(({ value }) => x(value)));
    const middle = top + rowHeight / 2 - 4;
    const placesOf = (wanted: IndicatorFigure['rating']): readonly Place[] =>
      values.flatMap(({ value, rating }, place) =>
        rating === wanted ? [{ x: x(value), y: middle - (levels[place] ?? 0) }] : [],
      );
    return [
      nameOf(indicator.name, top, 38),
      strip(spread, indicator, top, from, stripTo),
      county === null || county < least || county > greatest ? '' : countyMark(x(county), top),
      circles(placesOf(null)),
      ...ratings.map((rating) => rated(rating, placesOf(rating))),
    ].join('');
  });
  const legend = ratings
    .map((rating, index) => {
      const x = from + 130 + index * 62;
      return `${rated(rating, [{ x, y: 14 }])}${text(x + 10, 18, rating, { size: 11, fill: quietInk })}`;
    })
    .join('');
  const head = [
    text(0, 18, 'Indicator', { bold: true }),
    text(from, 18, 'Each district', { bold: true }),
    legend,
    line(stripTo - 50, 7, stripTo - 50, 21, ink, 2),
    text(stripTo - 44, 18, areaName.length <= 9 ? areaName : 'county', { size: 11, fill: quietInk }),
  ].join('');
  return {
    kind: 'figure',
    svg: drawing(shown.length, head + ruled(shown.length) + rows.join('')),
    alternative: shown
      .map(
        ({ indicator, spread, county, green, amber, red }) =>
          `${indicator.name}: from ${inText(spread[0] ?? 0, indicator)} to ${inText(spread.at(-1) ?? 0, indicator)}${county === null ? '' : `, ${areaName} ${inText(county, indicator)}`}; ${String(green)} green, ${String(amber)} amber, ${String(red)} red.`,
      )
      .join(' '),
    caption: `${outcome}: how far the districts are apart`,
    width,
    height: heading + shown.length * rowHeight,
  };
};
