import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { PipelineId, SavedPipeline } from '../../../shared/model/pipelines.ts';
import type { Run, RunId } from '../../../shared/model/runs.ts';
import { toErrorDto } from '../../base/AppError.ts';
import { KeyedSerialQueue } from '../../base/async/SerialQueue.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { noSuchPipeline } from '../pipelineErrors.ts';
import type { QueuedRun, RunQueue } from '../queue/RunQueue.ts';
import type { RunBundle } from '../queue/runBundle.ts';
import type { RunBook } from './RunBook.ts';
import { beforeQueue, failed, heldBack, inQueue } from './runStates.ts';

const firstRetryMs = 5_000;
const longestRetryMs = 5 * 60_000;
/** What Mooring itself lacks, of which the run is not to blame: the queue, or room for it and for the store. */
const ourCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'QUEUE_UNAVAILABLE',
  'DISK_FULL',
  'STORE_FAILED',
]);

export interface RunLineOptions {
  readonly book: RunBook;
  readonly findPipeline: (id: string) => SavedPipeline | null;
  readonly bundleOf: (saved: SavedPipeline, run: Run, signal: AbortSignal) => Promise<RunBundle>;
  /** @throws what the vault throws */
  readonly seal: (bundle: RunBundle) => Promise<string>;
  /** The queue, which listens and has told all that happened meanwhile. @throws QUEUE_UNAVAILABLE, … */
  readonly openQueue: (signal: AbortSignal) => Promise<RunQueue>;
  /** How long what is sealed can be opened. */
  readonly sealedForMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Gives runs to the queue: of each pipeline the oldest one, when the one before it is over. What keeps a run from the
 * queue and can heal holds it back; a locked vault until it is opened.
 */
export class RunLine {
  readonly #options: RunLineOptions;
  readonly #launches = new KeyedSerialQueue();
  /** Runs that the queue has, with the time at which they were sealed. */
  readonly #queued = new Map<RunId, number>();
  /** Runs that are held back; null: until the vault is opened. */
  readonly #held = new Map<RunId, Timer | null>();
  /** How often each was held back. */
  readonly #heldCounts = new Map<RunId, number>();
  /** Launches under way. */
  readonly #underWay = new Set<Promise<void>>();
  /** Aborts while nothing is given to the queue. */
  #open = new AbortController();

  constructor(options: RunLineOptions) {
    this.#options = options;
  }

  /** Whether the queue has it, as far as it is known. */
  isQueued(id: RunId): boolean {
    return this.#queued.has(id);
  }

  /** Whether what was sealed for it can no longer be opened. */
  isStale(id: RunId): boolean {
    const { clock, sealedForMs } = this.#options;
    const sealedAt = this.#queued.get(id);
    return sealedAt === undefined || clock.wallMs() - sealedAt >= sealedForMs;
  }

  /** The queue no longer has it, or it is over. */
  left(id: RunId): void {
    this.#queued.delete(id);
    this.#letGo(id);
  }

  /** Looks which run of a pipeline is the next, and gives it to the queue. Never rejects. */
  advance(pipelineId: PipelineId): void {
    const launch = this.#launches.run(pipelineId, () => this.#advance(pipelineId));
    this.#underWay.add(launch);
    void launch.finally(() => this.#underWay.delete(launch));
  }

  /** Gives nothing more to the queue until `reopen`. @returns the runs that it has, when none is on its way there */
  async close(): Promise<readonly RunId[]> {
    this.stop();
    await Promise.all(this.#underWay);
    return [...this.#queued.keys()];
  }

  /** The queue is another one: it has none of the runs. */
  reopen(): void {
    this.#queued.clear();
    this.#heldCounts.clear();
    this.#open = new AbortController();
  }

  /** What was held back for the vault's sake goes on. */
  vaultOpened(): void {
    for (const [id, timer] of [...this.#held]) {
      if (timer === null) this.#goOn(id);
    }
  }

  stop(): void {
    this.#open.abort();
    for (const timer of this.#held.values()) timer?.cancel();
    this.#held.clear();
  }

  async #advance(pipelineId: PipelineId): Promise<void> {
    const [run] = this.#options.book.openOf(pipelineId);
    const { signal } = this.#open;
    const isWanted = run !== undefined && run.state !== 'paused';
    if (!isWanted || this.#queued.has(run.id) || this.#held.has(run.id) || signal.aborted) return;
    try {
      await this.#launch(run, signal);
    } catch (error) {
      if (!signal.aborted) this.#notLaunched(run, error);
    }
  }

  /** As `#holdOrFail`. When that cannot be recorded, as on a full disk, the run is looked at again soon. */
  #notLaunched(run: Run, error: unknown): void {
    const { clock, logger } = this.#options;
    // Only what was to be recorded behind that has failed; news of the run follow.
    if (this.#queued.has(run.id)) {
      logger.warn('A run was queued, and something about it could not be recorded', { run: run.id }, error);
      return;
    }
    try {
      this.#holdOrFail(run, error);
    } catch (unkept) {
      logger.error('Why a run waits could not be recorded', { run: run.id }, unkept);
      this.#held.get(run.id)?.cancel();
      this.#held.set(
        run.id,
        clock.after(firstRetryMs, () => this.#goOn(run.id)),
      );
    }
  }

  async #launch({ id, pipelineId }: Run, signal: AbortSignal): Promise<void> {
    const { book, bundleOf, clock, findPipeline, openQueue, seal } = this.#options;
    const queue = await openQueue(signal);
    // The queue has told what happened meanwhile; and a person may have ended it.
    const run = book.findOpen(id);
    if (run === null || run.state === 'paused') return;
    const saved = findPipeline(pipelineId);
    if (saved === null) throw noSuchPipeline();
    const sealedAt = clock.wallMs();
    const sealed = await seal(await bundleOf(saved, run, signal));
    if (book.findOpen(id)?.state !== run.state || signal.aborted) return this.#advance(pipelineId);
    const queued = { id, pipelineId, sealed, maxAttempts: saved.pipeline.maxAttempts };
    // It may have been there when the app ended.
    const isThere = (await queue.renew(queued)) || !(await this.#add(queue, queued));
    this.#queued.set(id, sealedAt);
    const wasHeld = this.#heldCounts.has(id);
    this.#letGo(id);
    if (isThere) return;
    book.change(id, (one) => inQueue(one, wasHeld));
    await this.#recall(queue, id);
  }

  #add(queue: RunQueue, queued: QueuedRun): Promise<boolean> {
    // Before: its worker may be quicker than the answer.
    this.#options.book.change(queued.id, beforeQueue);
    return queue.add(queued);
  }

  /** Of a run that a person has ended while it was on its way to the queue. */
  async #recall(queue: RunQueue, id: RunId): Promise<void> {
    const now = this.#options.book.findOpen(id);
    if (now === null) await queue.request(id, 'cancel');
    else if (now.state === 'paused') await queue.request(id, 'pause');
  }

  /** @throws STORE_…, DISK_FULL */
  #holdOrFail({ id, pipelineId }: Run, error: unknown): void {
    const { book, clock, findPipeline, logger } = this.#options;
    const failure = toErrorDto(error, null);
    const count = (this.#heldCounts.get(id) ?? 0) + 1;
    const isOurs = failure.code.startsWith('VAULT_') || ourCodes.has(failure.code);
    const mayHeal = failure.retryable && count < (findPipeline(pipelineId)?.pipeline.maxAttempts ?? 1);
    if (isOurs || mayHeal) {
      this.#hold(id, failure, count);
      return;
    }
    logger.warn('A run of a pipeline could not be begun', { run: id, code: failure.code }, error);
    this.#letGo(id);
    book.change(id, (one) => failed(one, failure, clock.wallMs()));
    this.advance(pipelineId);
  }

  #hold(id: RunId, failure: ErrorDto, count: number): void {
    const { book, clock } = this.#options;
    const delayMs = Math.min(longestRetryMs, firstRetryMs * 2 ** Math.min(count - 1, 10));
    const isForVault = failure.code.startsWith('VAULT_') && !failure.retryable;
    this.#heldCounts.set(id, count);
    this.#held.set(id, isForVault ? null : clock.after(delayMs, () => this.#goOn(id)));
    book.change(id, (one) => heldBack(one, failure, isForVault ? null : clock.wallMs() + delayMs));
  }

  #goOn(id: RunId): void {
    this.#held.get(id)?.cancel();
    this.#held.delete(id);
    const run = this.#options.book.findOpen(id);
    if (run !== null) this.advance(run.pipelineId);
  }

  #letGo(id: RunId): void {
    this.#held.get(id)?.cancel();
    this.#held.delete(id);
    this.#heldCounts.delete(id);
  }
}
