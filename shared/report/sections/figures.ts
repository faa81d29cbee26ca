import type { IndicatorFigure } from '../../domain/figure.ts';
import type { Indicator } from '../../domain/partnership.ts';
import { measured } from '../../templates/filters.ts';
import { quiet, type Words, words } from '../document.ts';

type Measure = Pick<Indicator, 'unit' | 'decimals'>;

/** A figure with its unit: the one way in which any document writes one. */
export const figureInWords = (value: number | null, { unit, decimals }: Measure): Words =>
  value === null ? words(quiet('No figure')) : words(measured(value, unit, decimals));

/** A target or floor standard, as "75% or more". */
export const standardInWords = (
  value: number | null,
  indicator: Pick<Indicator, 'unit' | 'decimals' | 'polarity'>,
): Words => {
  if (value === null) return words(quiet('None'));
  const side = { high: ' or more', low: ' or less', target: '' }[indicator.polarity];
  return words(`${measured(value, indicator.unit, indicator.decimals)}${side}`);
};

export const ratingInWords = (rating: IndicatorFigure['rating']): Words =>
  words(rating === null ? quiet('Not rated') : { kind: 'rating', rating });

/** Words with the period of which they tell. */
export const withPeriod = (text: string, period: string): Words =>
  words(text, ...(period === '' ? [] : ['\n', quiet(period)]));
