import { workspaceText } from '../../text/workspace.ts';

const minuteMs = 60_000;

/** How long something has been running, in its two largest units: `3 days 4 h`, `4 h 12 min`, `12 min`. */
export function uptimeText(durationMs: number): string {
  const minutes = Math.max(0, Math.floor(durationMs / minuteMs));
  const hours = Math.floor(minutes / 60);
  const words = workspaceText.uptime;
  if (hours >= 24) return words.days(Math.floor(hours / 24), hours % 24);
  return hours > 0 ? words.hours(hours, minutes % 60) : words.minutes(minutes);
}
