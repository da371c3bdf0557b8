import type { MetricsPoint } from '../../../shared/model/metrics.ts';
import { metricsText } from '../../text/metrics.ts';
import type { ChartSeries } from './chartData.ts';

/** The chart in words, for those who do not see it: each line's present value and its range. */
export function chartSummary(
  title: string,
  samples: readonly MetricsPoint[],
  series: readonly ChartSeries[],
  format: (value: number) => string,
): string {
  const parts = series.flatMap(({ label, read }) => {
    const values = samples.map(read).filter((value) => value !== null);
    const newest = values.at(-1);
    if (newest === undefined) return [];
    const lowest = format(Math.min(...values));
    return [metricsText.summaryPart(label, format(newest), lowest, format(Math.max(...values)))];
  });
  return parts.length === 0 ? metricsText.noValues(title) : metricsText.summary(title, parts);
}
