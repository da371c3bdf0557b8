import type { PipelineId, SavedPipeline } from '../../../shared/model/pipelines.ts';
import type { Run, RunId, RunReason } from '../../../shared/model/runs.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Disposable } from '../../base/Emitter.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { PipelineRepository, RunOrigin } from '../PipelineRepository.ts';
import type { RunEngine } from '../queue/RunEngine.ts';
import type { RunNews, RunQueue, RunRequest, RunResult } from '../queue/RunQueue.ts';
import type { SavedPipelines } from '../SavedPipelines.ts';
import type { DueSlots } from '../schedule/Scheduler.ts';
import type { RunBook } from './RunBook.ts';
import { RunLine, type RunLineOptions } from './RunLine.ts';
import { RunRecall } from './RunRecall.ts';
import { cancelled, hasLeft, type RunChange, unknownAtStart, waitingAgain, withNews } from './runStates.ts';
import { UnkeptNews } from './UnkeptNews.ts';

export interface RunsOptions extends Pick<RunLineOptions, 'bundleOf' | 'seal' | 'sealedForMs'> {
  readonly repository: PipelineRepository;
  readonly saved: SavedPipelines;
  readonly book: RunBook;
  readonly engine: Pick<RunEngine, 'start'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Begins runs, for whatever reason, and takes down what becomes of them. The book is the truth: the queue is made to
 * follow it, also after either of them was away.
 */
export class Runs {
  readonly #options: RunsOptions;
  readonly #line: RunLine;
  readonly #recall: RunRecall;
  readonly #news: UnkeptNews;
  #queue: RunQueue | null = null;
  #listening: Disposable | null = null;
  /** The queue that is being listened to is told to begin once. */
  #opening: Promise<RunQueue> | null = null;
  #isStopped = false;

  constructor(options: RunsOptions) {
    this.#options = options;
    this.#recall = new RunRecall(options.clock);
    this.#news = new UnkeptNews({ ...options, keep: (news) => this.#hear(news) });
    this.#line = new RunLine({
      ...options,
      findPipeline: (id) => options.saved.find(id),
      openQueue: (signal) => this.#openQueue(signal),
    });
  }

  /** Goes on with what was under way when the app ended; only then anything is started here. */
  start(): void {
    this.#goOnAll();
  }

  stop(): void {
    this.#isStopped = true;
    this.#line.stop();
    this.#news.stop();
    this.#listening?.dispose();
  }

  /**
   * Moves to another queue: runs that the queue has come to a checkpoint, `change` puts another one in its place, and all
   * that have not ended go on there. Also when `change` fails, wherever the queue is then.
   * @param limitMs for the checkpoints; a run that has not come to one goes on from its last
   * @throws what `change` throws
   */
  async move(change: () => Promise<void>, limitMs: number): Promise<void> {
    const queued = await this.#line.close();
    if (this.#queue !== null) await this.#recall.recall(this.#queue, queued, limitMs);
    try {
      await change();
    } finally {
      this.#listening?.dispose();
      this.#queue = null;
      this.#opening = null;
      if (!this.#isStopped) {
        this.#line.reopen();
        this.#goOnAll();
      }
    }
  }

  vaultOpened(): void {
    this.#line.vaultOpened();
  }

  /**
   * By hand: one that is paused goes on, and one that waits already is not begun twice; behind one that runs, another
   * one waits.
   * @throws NOT_FOUND, STORE_…
   */
  byHand(id: PipelineId, again: boolean): Run {
    const { book, saved } = this.#options;
    const pipeline = saved.get(id);
    const open = book.openOf(id);
    const paused = open.find(({ state }) => state === 'paused');
    if (paused !== undefined) {
      if (!again) return this.#goOn(paused);
      this.#end(paused);
    }
    const waiting = open.find(
      ({ state, attempt, reason }) =>
        state === 'waiting' && attempt === 0 && (!again || reason.type === 'again'),
    );
    if (waiting !== undefined) return waiting;
    return this.#begin(pipeline, { type: again ? 'again' : 'hand' });
  }

  /** Times of a schedule have come. */
  due({ id, latest, count, action, skippedCount }: DueSlots): void {
    const { book, repository, saved } = this.#options;
    const pipeline = saved.get(id);
    const [underWay = null] = book.openOf(id);
    const origin = originOf(pipeline);
    const skipped = (missedCount: number): RunReason => ({ type: 'missed', slot: latest, missedCount });
    const handled = () => repository.putSlot(id, latest);
    const earlierSkipped = () => {
      if (skippedCount > 0)
        book.skip({ pipelineId: id, reason: skipped(skippedCount), origin }, null, handled);
      else handled();
    };
    if (skippedCount > 0 && action !== 'run') {
      earlierSkipped();
      return;
    }
    const reason: RunReason = action === 'run' ? { type: 'schedule', slot: latest } : skipped(count);
    if (underWay !== null) book.skip({ pipelineId: id, reason, origin }, underWay, earlierSkipped);
    else this.#begin(pipeline, reason, earlierSkipped);
  }

  /** @throws NOT_FOUND, QUEUE_UNAVAILABLE */
  async request(id: RunId, request: RunRequest): Promise<void> {
    const { book, clock } = this.#options;
    const run = book.get(id);
    if (book.findOpen(id) === null) return;
    if (this.#line.isQueued(id) && this.#queue !== null) {
      this.#recall.yieldTo(id);
      await this.#queue.request(id, request);
      return;
    }
    // The queue has it not, or is not known to have it: if it has, it is told when it says so.
    if (request === 'cancel') this.#end(run);
    else this.#take({ type: 'stopped', id, request }, clock.wallMs());
  }

  /** @throws NOT_FOUND, STORE_… */
  resume(id: RunId): void {
    const run = this.#options.book.get(id);
    if (run.state === 'paused') this.#goOn(run);
  }

  /** Before its pipeline is removed. What the queue has of it is cancelled, as far as it can be reached. */
  cancelAll(id: PipelineId): void {
    const { book } = this.#options;
    for (const run of book.openOf(id)) {
      if (this.#line.isQueued(run.id)) this.#ask(run.id, 'cancel');
      this.#line.left(run.id);
    }
  }

  #goOnAll(): void {
    const { book } = this.#options;
    const pipelines = new Set(book.open().map(({ pipelineId }) => pipelineId));
    for (const { id } of book.open()) book.change(id, unknownAtStart);
    for (const id of pipelines) this.#line.advance(id);
  }

  #begin(pipeline: SavedPipeline, reason: RunReason, also?: () => void): Run {
    const run = this.#options.book.begin(pipeline.id, reason, originOf(pipeline), also);
    this.#line.advance(pipeline.id);
    return run;
  }

  #goOn(run: Run): Run {
    const resumed = this.#options.book.change(run.id, waitingAgain) ?? run;
    this.#line.advance(run.pipelineId);
    return resumed;
  }

  /** Ends one that the queue does not have. */
  #end({ id, pipelineId }: Run): void {
    const { book, clock } = this.#options;
    book.change(id, (run) => cancelled(run, clock.wallMs()));
    this.#line.left(id);
    this.#line.advance(pipelineId);
  }

  async #openQueue(signal: AbortSignal): Promise<RunQueue> {
    const queue = await this.#options.engine.start(signal);
    if (queue !== this.#queue) {
      this.#listening?.dispose();
      this.#listening = queue.onNews.on((news) => this.#news.take(news));
      this.#queue = queue;
      this.#opening = null;
    }
    this.#opening ??= queue.start().then(() => queue);
    try {
      return await this.#opening;
    } catch (error) {
      this.#opening = null;
      throw error;
    }
  }

  /** @throws STORE_… */
  #hear(news: RunNews): void {
    const { book, clock } = this.#options;
    if (news.type !== 'log') this.#take(news, clock.wallMs());
    else if (book.findOpen(news.id) !== null) book.addLog(news.id, news.lines);
  }

  #take(news: RunChange, nowMs: number): void {
    const { book } = this.#options;
    if (this.#recall.takes(news)) {
      void this.#forget(news.id);
      return;
    }
    const before = book.findOpen(news.id);
    if (before === null) {
      this.#disown(news);
      return;
    }
    if (this.#isExpired(news)) {
      this.#sealAnew(before);
      return;
    }
    const now = book.news(news, (changed) => {
      if (news.type === 'succeeded') this.#succeeded(changed, news.result);
    });
    if (now?.state === 'paused' && news.type === 'started') this.#ask(news.id, 'pause');
    if (now === null || withNews(before, news, nowMs) === before) return;
    if (!hasLeft(news)) return;
    this.#line.left(news.id);
    void this.#forget(news.id);
    const followers = now.state === 'succeeded' ? this.#options.saved.enabledFollowersOf(now.pipelineId) : [];
    for (const { id } of [...followers, { id: now.pipelineId }]) this.#line.advance(id);
  }

  /** In the transaction in which the run is taken down as succeeded. */
  #succeeded({ id, pipelineId }: Run, { position, shape }: RunResult): void {
    const { book, repository, saved } = this.#options;
    const origin = repository.originOf(id);
    if (origin === null) return;
    if (position !== null) repository.putPosition(pipelineId, origin.revision, position);
    saved.putShape(pipelineId, origin.revision, [...shape]);
    const reason: RunReason = { type: 'after', runId: id };
    for (const follower of saved.enabledFollowersOf(pipelineId)) {
      const [underWay] = book.openOf(follower.id);
      if (underWay === undefined) book.begin(follower.id, reason, originOf(follower));
      else book.skip({ pipelineId: follower.id, reason, origin: originOf(follower) }, underWay);
    }
  }

  /** News of a run that is over, or of none that is known: a person has ended it while the queue was away. */
  #disown(news: RunChange): void {
    if (hasLeft(news)) void this.#forget(news.id);
    else if (news.type === 'started') this.#ask(news.id, 'cancel');
  }

  /** Makes the queue follow the book. */
  #ask(id: RunId, request: RunRequest): void {
    const { logger } = this.#options;
    this.#queue?.request(id, request).catch((error: unknown) => {
      logger.warn('The queue did not take a request', { run: id, kind: request }, error);
    });
  }

  /** It waited for longer than it was sealed for. */
  #isExpired(news: RunChange): boolean {
    const isRefused =
      news.type === 'failed' && news.retryAt === null && news.failure.code === 'QUEUE_UNAVAILABLE';
    return isRefused && this.#line.isStale(news.id);
  }

  #sealAnew({ id, pipelineId }: Run): void {
    this.#options.book.change(id, waitingAgain);
    this.#line.left(id);
    void this.#forget(id).then(() => this.#line.advance(pipelineId));
  }

  /** Never rejects. */
  async #forget(id: RunId): Promise<void> {
    try {
      await this.#queue?.forget(id);
    } catch (error) {
      this.#options.logger.warn('The queue could not forget a run', { run: id }, error);
    }
  }
}

const originOf = ({ revision, pipeline: { destination } }: SavedPipeline): RunOrigin => ({
  revision,
  folder: destination.type === 'file' ? destination.folder : null,
});
