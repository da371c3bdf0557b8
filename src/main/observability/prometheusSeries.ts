import { Counter, Histogram, Registry } from 'prom-client';
import type { DataSourceId } from '../../shared/model/ids.ts';
import { type StatementPurpose, statementOutcomes, statementPurposes } from '../base/statementKinds.ts';
import { bucketSeconds, type DurationHistogram } from './DurationHistogram.ts';
import type { SourceMetrics } from './SourceMetrics.ts';

type Sources = ReadonlyMap<DataSourceId, SourceMetrics>;

/**
 * The Prometheus series, filled from the counters of the data sources each time they are read. They carry the opaque
 * data source id, a purpose and an outcome, never a host, user, database or SQL text, so that their number and their content
 * stay bounded.
 */
export function createRegistry(sources: Sources): Registry {
  const registry = new Registry();
  const registers = [registry];
  new Counter({
    name: 'mooring_queries_total',
    help: 'Statements run, by purpose and outcome',
    labelNames: ['source', 'purpose', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const [source, { statements }] of sources) {
        for (const purpose of statementPurposes) {
          for (const outcome of statementOutcomes) {
            const count = statements[purpose][outcome];
            if (count > 0) this.inc({ source, purpose, outcome }, count);
          }
        }
      }
    },
  });
  new DurationSeries(sources, registers);
  new Counter({
    name: 'mooring_connects_total',
    help: 'Connects tried, by outcome code',
    labelNames: ['source', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const [source, { connects }] of sources)
        for (const [outcome, count] of connects) this.inc({ source, outcome }, count);
    },
  });
  return registry;
}

const durationName = 'mooring_query_duration_seconds';
const durationHelp = 'Time from sending a statement to its end, by purpose; cancelled ones are left out';

/** prom-client's own histogram takes one observation at a time; this one shows what was counted elsewhere. */
class DurationSeries extends Histogram<'source' | 'purpose'> {
  readonly #sources: Sources;

  constructor(sources: Sources, registers: Registry[]) {
    super({
      name: durationName,
      help: durationHelp,
      labelNames: ['source', 'purpose'],
      buckets: bucketSeconds,
      registers,
    });
    this.#sources = sources;
  }

  /** What prom-client (15.1) calls for its text and its JSON; its types do not name it. */
  async getForPromString() {
    const values = [...this.#sources].flatMap(([source, { durations }]) =>
      statementPurposes.flatMap((purpose) => valuesOf({ source, purpose }, durations[purpose])),
    );
    return { name: durationName, help: durationHelp, type: 'histogram', aggregator: 'sum', values };
  }
}

function valuesOf(
  sharedLabels: { readonly source: DataSourceId; readonly purpose: StatementPurpose },
  durations: DurationHistogram,
) {
  const { count, sumSeconds } = durations;
  if (count === 0) return [];
  const series = (suffix: string, labels: { le?: number | string }, value: number) => ({
    metricName: `${durationName}_${suffix}`,
    labels,
    sharedLabels,
    value,
  });
  return [
    ...durations.cumulative().map(({ le, count: upTo }) => series('bucket', { le }, upTo)),
    series('bucket', { le: '+Inf' }, count),
    series('sum', {}, sumSeconds),
    series('count', {}, count),
  ];
}
