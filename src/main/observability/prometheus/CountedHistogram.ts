import { Histogram, type Registry } from 'prom-client';
import { bucketSeconds, type DurationHistogram } from '../DurationHistogram.ts';

type Labels = Readonly<Record<string, string>>;

export interface CountedHistogramOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly string[];
  readonly registers: Registry[];
  /** Those of the histograms that are read, in seconds. Default: of short durations. */
  readonly buckets?: readonly number[];
  /** What was counted so far, with its labels. */
  readonly read: () => Iterable<readonly [Labels, DurationHistogram]>;
}

/** prom-client's own histogram takes one observation at a time; this one shows what was counted elsewhere. */
export class CountedHistogram extends Histogram {
  readonly #options: CountedHistogramOptions;

  constructor(options: CountedHistogramOptions) {
    const { name, help, labelNames, registers, buckets = bucketSeconds } = options;
    super({ name, help, labelNames: [...labelNames], buckets: [...buckets], registers });
    this.#options = options;
  }

  /** What prom-client (15.1) calls for its text and its JSON; its types do not name it. */
  async getForPromString() {
    const { name, help, read } = this.#options;
    const values = [...read()].flatMap(([labels, counted]) => valuesOf(name, labels, counted));
    return { name, help, type: 'histogram', aggregator: 'sum', values };
  }
}

function valuesOf(name: string, sharedLabels: Labels, counted: DurationHistogram) {
  const { count, sumSeconds } = counted;
  if (count === 0) return [];
  const series = (suffix: string, labels: { le?: number | string }, value: number) => ({
    metricName: `${name}_${suffix}`,
    labels,
    sharedLabels,
    value,
  });
  return [
    ...counted.cumulative().map(({ le, count: upTo }) => series('bucket', { le }, upTo)),
    series('bucket', { le: '+Inf' }, count),
    series('sum', {}, sumSeconds),
    series('count', {}, count),
  ];
}
