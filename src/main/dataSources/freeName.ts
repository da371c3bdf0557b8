import type { Names } from './TakenNames.ts';

/** Most characters that the model allows a name. */
const maxNameLength = 128;

/** A name nobody has: the wanted one, or with the first free number, as in `Warehouse (2)`; cut where it gets too long. */
export function freeName(wanted: string, taken: Names): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = numbered(wanted, number);
  return name;
}

function numbered(wanted: string, number: number): string {
  const suffix = ` (${number})`;
  return `${[...wanted].slice(0, maxNameLength - suffix.length).join('')}${suffix}`;
}
