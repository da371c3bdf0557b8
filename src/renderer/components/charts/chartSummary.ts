import { chartsText } from '../../text/charts.ts';
import type { ChartData, ChartLine } from './chartData.ts';

/** The chart in words, for those who do not see it: each line's newest value and its range. */
export function chartSummary(
  title: string,
  [, ...columns]: ChartData,
  lines: readonly ChartLine[],
  format: (value: number) => string,
): string {
  const parts = lines.flatMap(({ label }, index) => {
    const values = (columns[index] ?? []).filter((value) => value !== null);
    const newest = values.at(-1);
    if (newest === undefined) return [];
    const [lowest, highest] = [format(Math.min(...values)), format(Math.max(...values))];
    return [chartsText.summaryPart(label, format(newest), lowest, highest)];
  });
  return parts.length === 0 ? chartsText.noValues(title) : chartsText.summary(title, parts);
}
