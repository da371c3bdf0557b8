import { Gauge, type Registry } from 'prom-client';
import { sourceStateSchema } from '../../../shared/model/sourceState.ts';
import type { SourceReading } from '../SourceReading.ts';
import type { ScrapedSource, ScrapedSources } from './ScrapedSource.ts';

type SourceInUse = ScrapedSource & { readonly reading: SourceReading };

const statuses = sourceStateSchema.options.map(({ shape }) => shape.status.value);
const breakerStates: readonly SourceReading['breaker'][] = ['closed', 'open', 'half-open'];

/** Gauges of one value for each pool. */
const poolGauges: readonly (readonly [string, string, (pool: SourceReading['pool']) => number])[] = [
  ['mooring_pool_waiting_requests', 'Callers who wait for a connection', ({ waiting }) => waiting],
  [
    'mooring_pool_leaked_connections',
    'Connections in use for longer than the leak warning',
    ({ leaked }) => leaked,
  ],
  ['mooring_pool_max_connections', 'Most connections that the settings allow', ({ max }) => max],
  [
    'mooring_pool_ceiling_connections',
    'Most connections that the server grants at present, as far as is known',
    ({ ceiling }) => ceiling,
  ],
  [
    'mooring_pool_target_connections',
    'Connections that are kept open while nobody needs more',
    ({ target }) => target,
  ],
];

/** What is true of each data source in use while it is scraped. One that is disconnected has none of these series. */
export function addReadSeries(registry: Registry, sources: ScrapedSources): void {
  const registers = [registry];
  const inUse = () => sources().filter((source): source is SourceInUse => source.reading !== null);
  addStates(registers, inUse);
  new Gauge({
    name: 'mooring_pool_connections',
    help: 'Connections of the pool, by state',
    labelNames: ['source', 'state'],
    registers,
    collect() {
      this.reset();
      for (const { id: source, reading } of inUse()) {
        this.set({ source, state: 'in_use' }, reading.pool.inUse);
        this.set({ source, state: 'idle' }, reading.pool.idle);
        this.set({ source, state: 'opening' }, reading.pool.connecting);
        this.set({ source, state: 'reserved' }, reading.pool.reserved);
      }
    },
  });
  for (const [name, help, read] of poolGauges) {
    new Gauge({
      ...{ name, help, labelNames: ['source'], registers },
      collect() {
        this.reset();
        for (const { id, reading } of inUse()) this.set({ source: id }, read(reading.pool));
      },
    });
  }
}

function addStates(registers: Registry[], inUse: () => readonly SourceInUse[]): void {
  const addStateSet = (
    name: string,
    help: string,
    states: readonly string[],
    stateOf: (reading: SourceReading) => string,
  ) =>
    new Gauge({
      ...{ name, help, labelNames: ['source', 'state'], registers },
      collect() {
        this.reset();
        for (const { id: source, reading } of inUse())
          for (const state of states) this.set({ source, state }, stateOf(reading) === state ? 1 : 0);
      },
    });
  addStateSet(
    'mooring_source_state',
    'State of the data source: 1 for the one it is in',
    statuses,
    ({ status }) => status,
  );
  addStateSet(
    'mooring_source_breaker_state',
    'State of the circuit breaker: 1 for the one it is in',
    breakerStates,
    ({ breaker }) => breaker,
  );
  new Gauge({
    name: 'mooring_source_health_round_trip_seconds',
    help: 'Round trip of the last health check; absent when the server did not answer it',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset();
      for (const { id, measured } of inUse())
        if (measured.healthMs !== null) this.set({ source: id }, measured.healthMs / 1_000);
    },
  });
}
