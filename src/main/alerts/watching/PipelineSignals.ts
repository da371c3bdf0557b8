import { type PipelineAlertKind, pipelineAlertKinds } from '../../../shared/model/alertChoices.ts';
import type { Signal, Signals } from './Signals.ts';

/** What is known of a pipeline, of all that can be watched. */
export class PipelineSignals implements Signals<PipelineAlertKind> {
  readonly kinds = pipelineAlertKinds;
  #failure: string | null = null;
  /** Of the monotonic clock; null: no run is due that nobody has begun. */
  #dueSinceMs: number | null = null;

  get growsByItself(): boolean {
    return this.#dueSinceMs !== null;
  }

  /**
   * @param failure why its last run failed; null: it did not
   * @param dueSinceMs since when a run has been due that nobody has begun, of the monotonic clock; null: none is
   */
  stands(failure: string | null, dueSinceMs: number | null): void {
    this.#failure = failure;
    this.#dueSinceMs = dueSinceMs;
  }

  /** The machine woke up: nobody could begin a run before. */
  awoke(nowMs: number): void {
    if (this.#dueSinceMs !== null) this.#dueSinceMs = nowMs;
  }

  read(kind: PipelineAlertKind, nowMs: number): Signal {
    if (kind === 'pipeline-late') {
      return { type: 'value', value: this.#dueSinceMs === null ? 0 : nowMs - this.#dueSinceMs };
    }
    return { type: 'fact', holds: this.#failure !== null, value: null, detail: this.#failure };
  }
}
