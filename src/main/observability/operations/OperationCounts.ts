import type { EndedOperation, OperationKind } from '../../../shared/model/operations.ts';
import type { StatementOutcome } from '../../base/statementKinds.ts';
import { DurationHistogram } from '../DurationHistogram.ts';
import type { OperationSubscriber } from './Operations.ts';

/** Of these everything is counted by data source already (SourceMetrics), or they are parts of what is. */
const countedElsewhere: ReadonlySet<OperationKind> = new Set(['acquire', 'connect', 'stage', 'statement']);

/** How often operations of one kind and name ended, and how long they took. */
export interface OperationCount {
  readonly kind: OperationKind;
  readonly name: string;
  readonly outcomes: Record<StatementOutcome, number>;
  /** Of those that were not cancelled. */
  readonly durations: DurationHistogram;
}

/** Counts operations since the start of the app. Kinds and names are words of the code, so there are not many. */
export class OperationCounts implements OperationSubscriber {
  readonly #counts = new Map<OperationKind, Map<string, OperationCount>>();

  ended({ kind, name, outcome, durationMs }: EndedOperation): void {
    if (countedElsewhere.has(kind)) return;
    const count = this.#countOf(kind, name);
    count.outcomes[outcome] += 1;
    if (outcome !== 'cancelled') count.durations.add(durationMs);
  }

  all(): readonly OperationCount[] {
    return [...this.#counts.values()].flatMap((byName) => [...byName.values()]);
  }

  #countOf(kind: OperationKind, name: string): OperationCount {
    const byName = this.#counts.get(kind) ?? new Map<string, OperationCount>();
    const known = byName.get(name);
    if (known !== undefined) return known;
    const outcomes = { ok: 0, error: 0, cancelled: 0, timeout: 0 };
    const count = { kind, name, outcomes, durations: new DurationHistogram() };
    this.#counts.set(kind, byName.set(name, count));
    return count;
  }
}
