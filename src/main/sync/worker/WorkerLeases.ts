import type { Disposable } from '../../base/Emitter.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { LeaseAnswer, LeaseRequest } from './workerMessages.ts';

/**
 * Reserves connections of a data source, which the worker opens, until the result is disposed of.
 * @throws NOT_FOUND, or the signal's reason when it aborts before
 */
export type ReserveConnections = (
  sourceId: string,
  request: { readonly count: number; readonly signal: AbortSignal; readonly onWait: () => void },
) => Promise<Disposable>;

export interface WorkerLeasesOptions {
  readonly reserve: ReserveConnections;
  readonly answer: (answer: LeaseAnswer) => void;
  readonly logger: Logger;
}

/** The connections that one worker process has of data sources. They are given back at the latest when it is gone. */
export class WorkerLeases {
  readonly #options: WorkerLeasesOptions;
  /** Aborts the request, or gives back what it has brought. */
  readonly #ends = new Map<number, () => void>();

  constructor(options: WorkerLeasesOptions) {
    this.#options = options;
  }

  /** Never throws. */
  ask({ id, sourceId, count }: LeaseRequest): void {
    const { answer, logger, reserve } = this.#options;
    if (this.#ends.has(id)) return;
    const controller = new AbortController();
    const { signal } = controller;
    this.#ends.set(id, () => controller.abort());
    reserve(sourceId, { count, signal, onWait: () => answer({ id, is: 'waiting' }) }).then(
      (held) => {
        if (signal.aborted) return held.dispose();
        this.#ends.set(id, () => held.dispose());
        answer({ id, is: 'granted' });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        this.#ends.delete(id);
        logger.warn('A run got no connections', {}, error);
        answer({ id, is: 'refused' });
      },
    );
  }

  release(id: number): void {
    this.#ends.get(id)?.();
    this.#ends.delete(id);
  }

  /** The worker is gone, and its connections with it. */
  endAll(): void {
    for (const id of [...this.#ends.keys()]) this.release(id);
  }
}
