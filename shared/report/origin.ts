import type { Partnership } from '../domain/partnership.ts';
import type { Origin } from './model.ts';

/** Whose documents a partnership's are. */
export const originOf = ({
  name,
  area,
  zone,
  boardName,
}: Pick<Partnership, 'name' | 'area' | 'zone' | 'boardName'>): Origin => ({
  partnershipName: name,
  areaName: area.name,
  zone,
  boardLongName: boardName.long,
  boardShortName: boardName.short,
});
