import { Counter, type Registry } from 'prom-client';
import { statementOutcomes } from '../../base/statementKinds.ts';
import type { OperationCount } from '../operations/OperationCounts.ts';
import { CountedHistogram } from './CountedHistogram.ts';

/** What the app did: calls of the window, streams, and work of the vault, the store, results and the demo server. */
export function addOperationSeries(registry: Registry, counts: () => readonly OperationCount[]): void {
  const registers = [registry];
  new Counter({
    name: 'mooring_operations_total',
    help: 'Operations of the app that ended, by kind, name and outcome',
    labelNames: ['kind', 'name', 'outcome'],
    registers,
    collect() {
      this.reset();
      for (const { kind, name, outcomes } of counts())
        for (const outcome of statementOutcomes) this.inc({ kind, name, outcome }, outcomes[outcome]);
    },
  });
  new CountedHistogram({
    name: 'mooring_operation_duration_seconds',
    help: 'Time that operations of the app took, by kind and name; cancelled ones are left out',
    labelNames: ['kind', 'name'],
    registers,
    read: () => counts().map(({ kind, name, durations }) => [{ kind, name }, durations] as const),
  });
}
