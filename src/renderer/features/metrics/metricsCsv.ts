import type { Capabilities } from '../../../shared/engines/Engine.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { Span } from '../../components/charts/chartData.ts';
import { columnsOf, statusAt } from './metricCharts.ts';

/** More digits than that are noise. */
const digits = 3;

const numberText = (value: number | null): string =>
  value === null ? '' : String(Number(value.toFixed(digits)));

/**
 * All series of a data source of some engine in a stretch of time as CSV (RFC 4180): a line for each interval, with the moment of its end in UTC.
 * Empty where nothing was measured. No value can hold a comma or a quote.
 */
export function metricsCsv(
  { points, states }: MetricsRange,
  { from, to }: Span,
  capabilities: Capabilities,
): string {
  const columns = columnsOf(capabilities);
  const head = ['time', 'state', ...columns.map(({ name }) => name)];
  const lines = points
    .filter(({ at }) => at >= from && at <= to)
    .map((point) => [
      new Date(point.at).toISOString(),
      statusAt(states, point.at) ?? '',
      ...columns.map(({ read }) => numberText(read(point))),
    ]);
  return [head, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('');
}
