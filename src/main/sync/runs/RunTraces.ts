import type { Run, RunId } from '../../../shared/model/runs.ts';
import type { OperationRecorder, RecordedOperation } from '../../observability/Instrumentation.ts';
import type { TracedStep } from '../copy/AttemptTrace.ts';
import type { RunBook, RunTurn } from './RunBook.ts';
import { isOver } from './runStates.ts';

export interface RunTracesOptions {
  readonly book: Pick<RunBook, 'findOpen'>;
  readonly operations: OperationRecorder;
}

const outcomes: Readonly<Partial<Record<Run['state'], 'ok' | 'error' | 'cancelled'>>> = {
  succeeded: 'ok',
  failed: 'error',
  cancelled: 'cancelled',
};

/** Runs as operations: each has its attempts as parts, and its trace is named by its id. */
export class RunTraces {
  readonly #options: RunTracesOptions;
  readonly #recorded = new Map<RunId, RecordedOperation>();

  constructor(options: RunTracesOptions) {
    this.#options = options;
  }

  /** An attempt has ended. One of a run that nobody knows is ignored. */
  attempted(runId: RunId, steps: readonly TracedStep[]): void {
    if (this.#options.book.findOpen(runId) === null) return;
    this.#of(runId).parts(steps.map((step) => ({ ...step, kind: 'run' as const })));
  }

  take({ run }: RunTurn): void {
    const { id, startedAt, endedAt, failure, progress } = run;
    const outcome = outcomes[run.state];
    if (!isOver(run)) return;
    const recorded = this.#recorded.get(id);
    this.#recorded.delete(id);
    if (outcome === undefined || startedAt === null || endedAt === null) return;
    (recorded ?? this.#options.operations.record(id)).ended({
      ...{ kind: 'run', name: 'run', sourceId: null, startedAt, durationMs: endedAt - startedAt, outcome },
      code: outcome === 'error' ? (failure?.code ?? null) : null,
      rowCount: progress.readCount,
    });
  }

  #of(id: RunId): RecordedOperation {
    const known = this.#recorded.get(id);
    if (known !== undefined) return known;
    const recorded = this.#options.operations.record(id);
    this.#recorded.set(id, recorded);
    return recorded;
  }
}
