import { metricsText } from '../../text/metrics.ts';
import type { ChartSeries } from './chartData.ts';

const { series: words } = metricsText;

/** The lines of each chart. Colours are those of the panel's style sheet, which fit both schemes. */
export const connectionSeries: readonly ChartSeries[] = [
  { label: words.inUse, color: '--metrics-first', isFilled: true, read: ({ pool }) => pool.inUse },
  { label: words.idle, color: '--metrics-second', read: ({ pool }) => pool.idle },
  { label: words.waiting, color: '--metrics-warning', read: ({ pool }) => pool.waiting },
  { label: words.target, color: '--metrics-target', isDashed: true, read: ({ pool }) => pool.target },
  { label: words.max, color: '--metrics-limit', isDashed: true, read: ({ pool }) => pool.max },
];

export const querySeries: readonly ChartSeries[] = [
  {
    label: words.queries,
    color: '--metrics-first',
    isFilled: true,
    read: ({ queriesPerSecond }) => queriesPerSecond,
  },
  { label: words.errors, color: '--metrics-error', read: ({ errorsPerSecond }) => errorsPerSecond },
];

export const latencySeries: readonly ChartSeries[] = [
  { label: words.p50, color: '--metrics-first', read: ({ latencyP50Ms }) => latencyP50Ms },
  { label: words.p95, color: '--metrics-warning', read: ({ latencyP95Ms }) => latencyP95Ms },
];

export const healthSeries: readonly ChartSeries[] = [
  { label: words.health, color: '--metrics-second', isFilled: true, read: ({ healthMs }) => healthMs },
];
