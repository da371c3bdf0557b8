import type { MetricsPoint } from '../../../shared/model/metrics.ts';
import type { MetricsRange } from '../../../shared/model/metricsRange.ts';
import type { ChartLine, LineOf } from '../../components/charts/chartData.ts';
import { metricsText } from '../../text/metrics.ts';

/** A chart of a data source's own figures. */
export interface MetricChartKind {
  /** With the key of a line, the name of a column in files. */
  readonly key: string;
  readonly title: string;
  readonly lines: readonly LineOf<MetricsPoint>[];
  readonly format: (value: number) => string;
  readonly formatTick: (value: number) => string;
}

const { charts: titles, series: words, count, rate, rateTick, duration, durationTick } = metricsText;

const rates = { format: rate, formatTick: rateTick };
const durations = { format: duration, formatTick: durationTick };

/** A line; colours are those of the style sheet of the charts, which fit both schemes. */
const line = (
  key: string,
  label: string,
  color: 'first' | 'second' | 'third' | 'warning' | 'error' | 'limit',
  read: LineOf<MetricsPoint>['read'],
  look: Pick<ChartLine, 'isDashed' | 'isFilled' | 'isStepped'> = {},
): LineOf<MetricsPoint> => ({ key, label, color: `--chart-${color}`, read, ...look });

const filled = { isFilled: true };
const limit = { isDashed: true, isStepped: true };

export const connectionsChart: MetricChartKind = {
  key: 'connections',
  title: titles.connections,
  // A mean over a longer time is no whole number.
  format: rate,
  formatTick: count,
  lines: [
    line('in_use', words.inUse, 'first', ({ connections }) => connections.inUse, filled),
    line('idle', words.idle, 'second', ({ connections }) => connections.idle),
    line('pinned', words.pinned, 'third', ({ connections }) => connections.pinned),
    line('waiting', words.waiting, 'warning', ({ connections }) => connections.waiting),
    line('ceiling', words.ceiling, 'limit', ({ connections }) => connections.ceiling, limit),
  ],
};

export const healthChart: MetricChartKind = {
  key: 'health',
  title: titles.health,
  lines: [line('round_trip_ms', words.health, 'second', ({ healthMs }) => healthMs, filled)],
  ...durations,
};

/** The others, in the order in which they stand. */
export const plainCharts: readonly MetricChartKind[] = [
  {
    key: 'wait',
    title: titles.wait,
    lines: [
      line('p50_ms', words.p50, 'first', ({ wait }) => wait?.p50 ?? null),
      line('p95_ms', words.p95, 'warning', ({ wait }) => wait?.p95 ?? null),
      line('p99_ms', words.p99, 'error', ({ wait }) => wait?.p99 ?? null),
    ],
    ...durations,
  },
  {
    key: 'latency',
    title: titles.latency,
    lines: [
      line('p50_ms', words.p50, 'first', ({ latency }) => latency?.p50 ?? null),
      line('p95_ms', words.p95, 'warning', ({ latency }) => latency?.p95 ?? null),
      line('p99_ms', words.p99, 'error', ({ latency }) => latency?.p99 ?? null),
    ],
    ...durations,
  },
  {
    key: 'statements_per_second',
    title: titles.statements,
    lines: [
      line('user', words.user, 'first', ({ statementsPerSecond }) => statementsPerSecond.user, filled),
      line(
        'catalogue',
        words.catalogue,
        'second',
        ({ statementsPerSecond }) => statementsPerSecond.catalogue,
      ),
      line('health', words.healthChecks, 'third', ({ statementsPerSecond }) => statementsPerSecond.health),
    ],
    ...rates,
  },
  {
    key: 'errors_per_second',
    title: titles.errors,
    lines: [
      line('user', words.user, 'error', ({ errorsPerSecond }) => errorsPerSecond.user, filled),
      line('catalogue', words.catalogue, 'second', ({ errorsPerSecond }) => errorsPerSecond.catalogue),
      line('health', words.healthChecks, 'third', ({ errorsPerSecond }) => errorsPerSecond.health),
      line('cancelled', words.cancelled, 'limit', ({ cancelsPerSecond }) => cancelsPerSecond, {
        isDashed: true,
      }),
    ],
    ...rates,
  },
];

/** The same in the words of engines whose work is single requests. */
export const requestCharts: readonly MetricChartKind[] = plainCharts.map((kind) => {
  const { latency, statements } = metricsText.ofRequests.charts;
  if (kind.key === 'latency') return { ...kind, title: latency };
  return kind.key === 'statements_per_second' ? { ...kind, title: statements } : kind;
});

const mostLines = [
  line('most_in_use', '', 'first', ({ most }) => most.inUse),
  line('most_waiting', '', 'first', ({ most }) => most.waiting),
];

/** Names and values of all series, as files have them. */
export const allColumns: readonly { readonly name: string; readonly read: LineOf<MetricsPoint>['read'] }[] = [
  { ...connectionsChart, lines: [...connectionsChart.lines, ...mostLines] },
  ...plainCharts,
  healthChart,
].flatMap(({ key, lines }) => lines.map((one) => ({ name: `${key}_${one.key}`, read: one.read })));

/** The state at a moment; null where it is not known. */
export const statusAt = (states: MetricsRange['states'], at: number): string | null =>
  states.findLast((change) => change.at <= at)?.status ?? null;
