/** A name nobody has: the wanted one, or with the first free number, as in `Warehouse (2)`. */
export function freeName(wanted: string, taken: readonly string[]): string {
  const isTaken = new Set(taken);
  let name = wanted;
  for (let number = 2; isTaken.has(name); number += 1) name = `${wanted} (${number})`;
  return name;
}
