import type { ColumnFilter } from '../../../shared/model/results.ts';

const isSame = (one: ColumnFilter, other: ColumnFilter): boolean =>
  one.column === other.column && one.operator === other.operator && one.value === other.value;

/**
 * Filters with one more, or with one in the place of another. A column may have several, as for a range; the same one
 * twice says nothing.
 * @param current the one that is changed; null for none
 * @param next null takes it away
 */
export function withFilter(
  filters: readonly ColumnFilter[],
  current: ColumnFilter | null,
  next: ColumnFilter | null,
): readonly ColumnFilter[] {
  const place = current === null ? -1 : filters.indexOf(current);
  const others = filters.filter((one) => one !== current && (next === null || !isSame(one, next)));
  if (next === null) return others;
  return place < 0 ? [...others, next] : others.toSpliced(place, 0, next);
}
