import type { Capabilities } from '../../../shared/engines/Engine.ts';
import type { MetricsPoint, Percentiles } from '../../../shared/model/metrics.ts';
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
const { charts: requestTitles } = metricsText.ofRequests;

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

/** The 50th, 95th and 99th percentile. */
const percentileLines = (read: (point: MetricsPoint) => Percentiles | null) => [
  line('p50_ms', words.p50, 'first', (point) => read(point)?.p50 ?? null),
  line('p95_ms', words.p95, 'warning', (point) => read(point)?.p95 ?? null),
  line('p99_ms', words.p99, 'error', (point) => read(point)?.p99 ?? null),
];

export const healthChart: MetricChartKind = {
  key: 'health',
  title: titles.health,
  lines: [line('round_trip_ms', words.health, 'second', ({ healthMs }) => healthMs, filled)],
  ...durations,
};

const waitChart: MetricChartKind = {
  key: 'wait',
  title: titles.wait,
  lines: percentileLines(({ wait }) => wait),
  ...durations,
};

const latencyChart: MetricChartKind = {
  key: 'latency',
  title: titles.latency,
  lines: percentileLines(({ latency }) => latency),
  ...durations,
};

const statementsChart: MetricChartKind = {
  key: 'statements_per_second',
  title: titles.statements,
  lines: [
    line('user', words.user, 'first', ({ statementsPerSecond }) => statementsPerSecond.user, filled),
    line('catalogue', words.catalogue, 'second', ({ statementsPerSecond }) => statementsPerSecond.catalogue),
    line('health', words.healthChecks, 'third', ({ statementsPerSecond }) => statementsPerSecond.health),
  ],
  ...rates,
};

const errorsChart: MetricChartKind = {
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
};

const requestLatencyChart: MetricChartKind = { ...latencyChart, title: requestTitles.latency };
const requestsChart: MetricChartKind = { ...statementsChart, title: requestTitles.statements };

type Status = keyof NonNullable<MetricsPoint['requests']>['statusesPerSecond'];

/** Where no request was ever sent, there was none of any status. */
const ofStatus =
  (status: Status): LineOf<MetricsPoint>['read'] =>
  ({ requests }) =>
    requests?.statusesPerSecond[status] ?? 0;

const statusesChart: MetricChartKind = {
  key: 'statuses_per_second',
  title: requestTitles.statuses,
  lines: [
    line('2xx', words.statuses['2xx'], 'second', ofStatus('2xx'), filled),
    line('3xx', words.statuses['3xx'], 'first', ofStatus('3xx')),
    line('4xx', words.statuses['4xx'], 'warning', ofStatus('4xx')),
    line('5xx', words.statuses['5xx'], 'error', ofStatus('5xx')),
    line('none', words.statuses.none, 'limit', ofStatus('none'), { isDashed: true }),
  ],
  ...rates,
};

const requestWaitChart: MetricChartKind = {
  key: 'request_wait',
  title: requestTitles.wait,
  lines: percentileLines(({ requests }) => requests?.wait ?? null),
  ...durations,
};

const budgetChart: MetricChartKind = {
  key: 'budget',
  title: requestTitles.budget,
  format: count,
  formatTick: count,
  lines: [
    line('remaining', words.remaining, 'first', ({ requests }) => requests?.remaining ?? null, {
      isStepped: true,
    }),
  ],
};

const workCharts = [latencyChart, statementsChart, errorsChart];
const requestWorkCharts = [requestLatencyChart, requestsChart, errorsChart];
const onlyOfRequests = [statusesChart, requestWaitChart, budgetChart];

/** The charts of an engine, in the order in which they stand. */
export function chartsOf({ pool, requests }: Capabilities): readonly MetricChartKind[] {
  return [
    ...(pool ? [connectionsChart] : []),
    healthChart,
    ...(pool ? [waitChart] : []),
    ...(requests ? [...requestWorkCharts, ...onlyOfRequests] : workCharts),
  ];
}

const mostLines = [
  line('most_in_use', '', 'first', ({ most }) => most.inUse),
  line('most_waiting', '', 'first', ({ most }) => most.waiting),
];

interface Column {
  readonly name: string;
  readonly read: LineOf<MetricsPoint>['read'];
}

const columnsOfCharts = (charts: readonly Pick<MetricChartKind, 'key' | 'lines'>[]): readonly Column[] =>
  charts.flatMap(({ key, lines }) => lines.map((one) => ({ name: `${key}_${one.key}`, read: one.read })));

const columns = columnsOfCharts([
  { key: connectionsChart.key, lines: [...connectionsChart.lines, ...mostLines] },
  ...[waitChart, ...workCharts, healthChart],
]);
const requestColumns = [...columns, ...columnsOfCharts(onlyOfRequests)];

/** Names and values of all series of an engine, as files have them: also of those without a chart. */
export const columnsOf = ({ requests }: Capabilities): readonly Column[] =>
  requests ? requestColumns : columns;

/** The state at a moment; null where it is not known. */
export const statusAt = (states: MetricsRange['states'], at: number): string | null =>
  states.findLast((change) => change.at <= at)?.status ?? null;
