const times = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const days = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const years = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** A moment as short as it gets beside now: `14:05`, `1 Dec, 07:00`, `1 Dec 2025`. */
export function shortMoment(epochMs: number, nowMs: number): string {
  const at = new Date(epochMs);
  const now = new Date(nowMs);
  if (at.toDateString() === now.toDateString()) return times.format(at);
  return at.getFullYear() === now.getFullYear() || Math.abs(epochMs - nowMs) < 180 * 86_400_000
    ? `${days.format(at)}, ${times.format(at)}`
    : years.format(at);
}
