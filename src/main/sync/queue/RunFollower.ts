import type { IQueueBackend, JobJson } from 'bullmq';
import { maxLogLines, type RunId, type RunLogLine, runIdSchema } from '../../../shared/model/runs.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import { unreadableEnding } from './queueErrors.ts';
import type { RunNews } from './RunQueue.ts';
import { readEnding, readLogLine, readResult, readTaking, type Taking, toldField } from './runRecords.ts';

type JobState = Awaited<ReturnType<IQueueBackend['getState']>>;

/** What has been told of a run. */
interface Told {
  /** Of the last look at all runs. */
  state: JobState | null;
  takingId: string | null;
  isRunning: boolean;
  failureCount: number;
  logCount: number;
  hasEnded: boolean;
}

/** States in which a run is looked for. */
const states = ['active', 'waiting', 'delayed', 'completed', 'failed'] as const;

/**
 * Compares what the queue holds of runs with what has been told of them, and tells the difference. Events only say when
 * to look: they may be lost, and the store is right.
 */
export class RunFollower {
  readonly #emit: (news: RunNews) => void;
  readonly #told = new Map<RunId, Told>();
  /** One look after the other, so that news of a run come in order. */
  readonly #looks = new SerialQueue();

  constructor(emit: (news: RunNews) => void) {
    this.#emit = emit;
  }

  /** Whether there are runs whose end has not been told. */
  get hasOpenRuns(): boolean {
    return [...this.#told.values()].some((told) => !told.hasEnded);
  }

  /** Looks at all runs in the store. @throws what the store throws */
  lookAtAll(backend: IQueueBackend): Promise<void> {
    return this.#looks.run(async () => {
      const found = await backend.getRanges([...states], 0, -1, true);
      for (const [index, ids] of found.entries()) {
        const state = states[index] ?? null;
        for (const id of ids) {
          if (isRunId(id) && this.#told.get(id)?.state !== state) await this.#look(backend, id);
        }
      }
      await this.#dropMissing(backend, new Set(found.flat()));
    });
  }

  /** Looks at one run. @throws what the store throws */
  lookAt(backend: IQueueBackend, id: string): Promise<void> {
    return this.#looks.run(() => (isRunId(id) ? this.#look(backend, id) : Promise.resolve()));
  }

  /** A worker has said how a run stands. @throws what the store throws */
  progressed(backend: IQueueBackend, id: string, value: unknown): Promise<void> {
    return this.#looks.run(async () => {
      const taking = readTaking(value);
      const told = isRunId(id) ? this.#told.get(id) : undefined;
      if (taking === null) return;
      // A new taking may be old news by now: only the store knows.
      if (told === undefined || told.takingId !== taking.id) return this.#look(backend, id);
      if (!told.hasEnded && told.isRunning) await this.#tellTaking(backend, id, told, taking);
    });
  }

  /** The run was added, or is known to be there. */
  follow(id: RunId): void {
    if (!this.#told.has(id)) this.#told.set(id, newTold(0));
  }

  /** Ends a run that is not in the store any more. */
  ended(id: RunId, news: RunNews): Promise<void> {
    return this.#looks.run(async () => {
      const told = this.#told.get(id);
      if (told?.hasEnded === true) return;
      this.#told.delete(id);
      this.#emit(news);
    });
  }

  forget(id: RunId): void {
    this.#told.delete(id);
  }

  /** Runs that somebody else took out of the store: nobody knows how they ended. */
  async #dropMissing(backend: IQueueBackend, found: ReadonlySet<string>): Promise<void> {
    for (const [id, told] of this.#told) {
      if (found.has(id) || (await readJob(backend, id)) !== null) continue;
      this.#told.delete(id);
      if (told.isRunning) this.#emit({ type: 'interrupted', id });
    }
  }

  async #look(backend: IQueueBackend, id: RunId): Promise<void> {
    const found = await readJob(backend, id);
    if (found === null) return;
    const { job, state } = found;
    const told = this.#told.get(id) ?? (await this.#firstTold(backend, id));
    if (!told.hasEnded) {
      const taking = readTaking(job.progress);
      // It waited for its next attempt, which has begun before anybody looked.
      if (state === 'active' && job.attemptsMade > told.failureCount) this.#tellFailure(id, told, job, null);
      if (taking !== null) await this.#tellTaken(backend, id, told, state, taking);
      this.#tellState(id, told, { job, state, taking });
    }
    // At the end: when the store failed before, the next look at all begins again.
    told.state = state;
  }

  async #firstTold(backend: IQueueBackend, id: RunId): Promise<Told> {
    const [count = null] = await backend.getQueueMetaFields([toldField(id)]);
    const told = newTold(count === null || !/^\d{1,4}$/.test(count) ? 0 : Number(count));
    this.#told.set(id, told);
    return told;
  }

  /** Of a taking that is over before it was seen, the start is told as well: its end is about it. */
  async #tellTaken(
    backend: IQueueBackend,
    id: RunId,
    told: Told,
    state: JobState,
    taking: Taking,
  ): Promise<void> {
    const isOver = state === 'waiting' || state === 'delayed';
    const isNew = taking.id !== told.takingId && !(isOver && taking.attempt <= told.failureCount);
    if (isNew) {
      told.takingId = taking.id;
      told.isRunning = true;
      this.#emit({ type: 'started', id, attempt: taking.attempt, worker: taking.worker });
    }
    if (told.isRunning) await this.#tellTaking(backend, id, told, taking);
  }

  async #tellTaking(backend: IQueueBackend, id: RunId, told: Told, taking: Taking): Promise<void> {
    if (taking.logCount > told.logCount) {
      const { logs } = await backend.getJobLogs(id, told.logCount, maxLogLines, true);
      const lines = logs.map(readLogLine).filter((line): line is RunLogLine => line !== null);
      told.logCount += logs.length;
      if (lines.length > 0) this.#emit({ type: 'log', id, lines });
      await backend.setQueueMeta({ [toldField(id)]: told.logCount });
    }
    this.#emit({ type: 'progress', id, progress: taking.progress });
  }

  #tellState(id: RunId, told: Told, { job, state, taking }: Found): void {
    if (state === 'completed') this.#tellResult(id, told, job);
    else if (state === 'failed') this.#tellEnding(id, told, job);
    else if (state === 'waiting' || state === 'delayed') {
      if (job.attemptsMade > told.failureCount) this.#tellFailure(id, told, job, taking);
      else if (told.isRunning) this.#emit({ type: 'interrupted', id });
      told.isRunning = false;
    }
  }

  #tellResult(id: RunId, told: Told, job: JobJson): void {
    told.hasEnded = true;
    const result = readResult(job.returnvalue);
    if (result === null) this.#emit({ type: 'failed', id, failure: unreadableEnding(), retryAt: null });
    else this.#emit({ type: 'succeeded', id, result });
  }

  #tellEnding(id: RunId, told: Told, job: JobJson): void {
    told.hasEnded = true;
    const ending = readEnding(job.failedReason);
    if (ending?.type === 'stopped') this.#emit({ type: 'stopped', id, request: ending.request });
    else this.#emit({ type: 'failed', id, failure: ending?.failure ?? unreadableEnding(), retryAt: null });
  }

  #tellFailure(id: RunId, told: Told, job: JobJson, taking: Taking | null): void {
    told.failureCount = job.attemptsMade;
    const ending = readEnding(job.failedReason);
    const failure = ending?.type === 'failed' ? ending.failure : unreadableEnding();
    this.#emit({ type: 'failed', id, failure, retryAt: taking?.retryAt ?? job.processedOn ?? job.timestamp });
  }
}

interface Found {
  readonly job: JobJson;
  readonly state: JobState;
  readonly taking: Taking | null;
}

/** A job and its state, which belong together. @returns null for one that is not there */
async function readJob(backend: IQueueBackend, id: RunId): Promise<{ job: JobJson; state: JobState } | null> {
  for (let before = await backend.getState(id); ; ) {
    const job = await backend.getJobData(id);
    const state = await backend.getState(id);
    if (job === undefined || state === 'unknown') return null;
    if (state === before) return { job, state };
    before = state;
  }
}

const isRunId = (id: string): id is RunId => runIdSchema.safeParse(id).success;

const newTold = (logCount: number): Told => ({
  state: null,
  takingId: null,
  isRunning: false,
  failureCount: 0,
  logCount,
  hasEnded: false,
});
