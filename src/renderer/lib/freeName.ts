/** The first name of a series that is not taken: `query 1`, `query 2`, … */
export function freeName(nameOf: (number: number) => string, taken: readonly string[]): string {
  const names = new Set(taken);
  let number = 1;
  while (names.has(nameOf(number))) number += 1;
  return nameOf(number);
}
