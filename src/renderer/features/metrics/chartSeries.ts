import { metricsText } from '../../text/metrics.ts';
import type { ChartSeries } from './chartData.ts';

const { series: words } = metricsText;

/** The lines of each chart. Colours are those of the panel's style sheet, which fit both schemes. */
export const connectionSeries: readonly ChartSeries[] = [
  {
    label: words.inUse,
    color: '--metrics-first',
    isFilled: true,
    read: ({ connections }) => connections.inUse,
  },
  { label: words.idle, color: '--metrics-second', read: ({ connections }) => connections.idle },
  { label: words.waiting, color: '--metrics-warning', read: ({ connections }) => connections.waiting },
  {
    label: words.max,
    color: '--metrics-limit',
    isDashed: true,
    read: ({ connections }) => connections.ceiling,
  },
];

export const querySeries: readonly ChartSeries[] = [
  {
    label: words.queries,
    color: '--metrics-first',
    isFilled: true,
    read: ({ statementsPerSecond }) => statementsPerSecond.user,
  },
  { label: words.errors, color: '--metrics-error', read: ({ errorsPerSecond }) => errorsPerSecond.user },
];

export const latencySeries: readonly ChartSeries[] = [
  { label: words.p50, color: '--metrics-first', read: ({ latency }) => latency?.p50 ?? null },
  { label: words.p95, color: '--metrics-warning', read: ({ latency }) => latency?.p95 ?? null },
];

export const healthSeries: readonly ChartSeries[] = [
  { label: words.health, color: '--metrics-second', isFilled: true, read: ({ healthMs }) => healthMs },
];
