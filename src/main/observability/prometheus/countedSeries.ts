import { Counter, Gauge, type Registry } from 'prom-client';
import { statementOutcomes, statementPurposes } from '../../base/statementKinds.ts';
import { statusClasses } from '../MeasuredInterval.ts';
import { CountedHistogram } from './CountedHistogram.ts';
import type { ScrapedSources } from './ScrapedSource.ts';

/** What was counted on each data source since the start of the app, whether it is in use or not. */
export function addCountedSeries(registry: Registry, sources: ScrapedSources): void {
  const registers = [registry];
  addStatements(registers, sources);
  addRequests(registers, sources);
  addConnects(registers, sources);
  new CountedHistogram({
    name: 'mooring_pool_wait_duration_seconds',
    help: 'Time that callers waited for a connection that was not free, whether they got one or gave up',
    labelNames: ['source'],
    registers,
    read: () => sources().map(({ id, measured }) => [{ source: id }, measured.waits] as const),
  });
  new Counter({
    name: 'mooring_pool_wait_timeouts_total',
    help: 'Callers who waited for a connection for too long',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset();
      for (const { id, measured } of sources()) this.inc({ source: id }, measured.waitTimeoutCount);
    },
  });
}

function addStatements(registers: Registry[], sources: ScrapedSources): void {
  new Counter({
    name: 'mooring_queries_total',
    help: 'Statements run, by purpose and outcome',
    labelNames: ['source', 'purpose', 'outcome'],
    registers,
    collect() {
      this.reset();
      // Zeros too: without them Prometheus would not see the first error of a data source as an increase.
      for (const { id: source, measured } of sources())
        for (const purpose of statementPurposes)
          for (const outcome of statementOutcomes)
            this.inc({ source, purpose, outcome }, measured.statements[purpose][outcome]);
    },
  });
  new CountedHistogram({
    name: 'mooring_query_duration_seconds',
    help: 'Time from sending a statement to its end, by purpose; cancelled ones are left out',
    labelNames: ['source', 'purpose'],
    registers,
    read: () =>
      sources().flatMap(({ id: source, measured: { durations } }) =>
        statementPurposes.map((purpose) => [{ source, purpose }, durations[purpose]] as const),
      ),
  });
}

function addConnects(registers: Registry[], sources: ScrapedSources): void {
  new Counter({
    name: 'mooring_connects_total',
    help: 'Connects tried, by outcome code',
    labelNames: ['source', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { id: source, measured } of sources())
        for (const [outcome, count] of measured.connects) this.inc({ source, outcome }, count);
    },
  });
  new Counter({
    name: 'mooring_source_reconnects_total',
    help: 'Times that all connections were lost and Mooring began to reconnect',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset();
      for (const { id, measured } of sources()) this.inc({ source: id }, measured.reconnectCount);
    },
  });
}

/** Of APIs only: a data source that sends statements has none of these series. */
function addRequests(registers: Registry[], sources: ScrapedSources): void {
  const apis = () => sources().filter(({ measured }) => measured.requests.isUsed);
  new Counter({
    name: 'mooring_api_requests_total',
    help: 'HTTP requests sent, by class of status; none for those that were never answered',
    labelNames: ['source', 'status'],
    registers,
    collect() {
      this.reset();
      for (const { id: source, measured } of apis())
        for (const status of statusClasses) this.inc({ source, status }, measured.requests.byStatus[status]);
    },
  });
  new CountedHistogram({
    name: 'mooring_api_wait_seconds',
    help: 'Time that requests waited for a rate limit, or before they were sent again',
    labelNames: ['source'],
    registers,
    read: () => apis().map(({ id, measured }) => [{ source: id }, measured.requests.waits] as const),
  });
  new Gauge({
    name: 'mooring_api_budget_remaining',
    help: 'Requests that the API still allows in this period, as it said last; absent when it does not say',
    labelNames: ['source'],
    registers,
    collect() {
      this.reset();
      for (const { id, measured, reading } of apis()) {
        const { remaining } = measured.requests;
        if (reading !== null && remaining !== null) this.set({ source: id }, remaining);
      }
    },
  });
}
