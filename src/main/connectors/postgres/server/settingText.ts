/** What a setting counts in, the largest first, each as so many of the smallest: in bytes and in microseconds. */
const memoryUnits = [
  ['TB', 2 ** 40],
  ['GB', 2 ** 30],
  ['MB', 2 ** 20],
  ['kB', 2 ** 10],
  ['B', 1],
] as const;
const timeUnits = [
  ['d', 86_400_000_000],
  ['h', 3_600_000_000],
  ['min', 60_000_000],
  ['s', 1_000_000],
  ['ms', 1_000],
  ['us', 1],
] as const;

/** How many of the smallest unit a unit of the server is; it may be several of one, as in `8kB`. */
function sizeOf(
  unit: string,
): { readonly units: typeof memoryUnits | typeof timeUnits; readonly size: number } | null {
  const [, count = '', name = ''] = /^(\d*)([A-Za-z]+)$/.exec(unit) ?? [];
  for (const units of [memoryUnits, timeUnits]) {
    const found = units.find(([one]) => one === name);
    if (found !== undefined) return { units, size: found[1] * (count === '' ? 1 : Number(count)) };
  }
  return null;
}

/**
 * A value as the server's own SHOW writes it: in the largest unit that gives a whole number. Zero and negative ones mean
 * something else than an amount, and stay as they are.
 */
export function settingText(raw: string | null, unit: string | null): string | null {
  if (raw === null || unit === null) return raw;
  const known = sizeOf(unit);
  const value = Number(raw);
  if (known === null || !Number.isFinite(value) || value <= 0) return raw;
  const amount = value * known.size;
  const fitting = known.units.find(([, size]) => amount % size === 0);
  return fitting === undefined ? `${raw} ${unit}` : `${amount / fitting[1]}${fitting[0]}`;
}
