import type { IQueueBackend } from 'bullmq';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { QueueTimings } from './queueTimings.ts';
import { readRequest, requestField } from './runRecords.ts';
import type { TakenJob } from './TakenJob.ts';

/** The lock is renewed when this share of its time has passed. */
const renewalShare = 0.2;

/**
 * Keeps the runs of a worker its own, and hears what people want of them. Runs go on while the store does not answer,
 * until their lock may have ended.
 */
export class Heartbeat {
  readonly #backend: IQueueBackend;
  readonly #clock: Clock;
  readonly #timings: QueueTimings;
  readonly #runs = new Map<string, TakenJob>();
  #timer: Timer | null = null;
  #isBeating = false;

  constructor(backend: IQueueBackend, clock: Clock, timings: QueueTimings) {
    this.#backend = backend;
    this.#clock = clock;
    this.#timings = timings;
  }

  add(taken: TakenJob): void {
    this.#runs.set(taken.run.id, taken);
    this.#timer ??= this.#clock.after(this.#timings.heartbeatMs, () => this.#tick());
  }

  remove(taken: TakenJob): void {
    if (this.#runs.get(taken.run.id) === taken) this.#runs.delete(taken.run.id);
  }

  /** Hears requests at once, as for a run that was just taken. @throws what the store throws */
  async hear(taken: TakenJob): Promise<void> {
    const [value] = await this.#backend.getQueueMetaFields([requestField(taken.run.id)]);
    const request = readRequest(value);
    if (request !== null) taken.heed(request);
  }

  stop(): void {
    this.#timer?.cancel();
    this.#timer = null;
    this.#runs.clear();
  }

  #tick(): void {
    this.#timer = null;
    if (this.#runs.size === 0) return;
    this.#loseExpired();
    // A store that hangs must not keep the next tick from looking at the time.
    if (!this.#isBeating) void this.#beat();
    this.#timer = this.#clock.after(this.#timings.heartbeatMs, () => this.#tick());
  }

  #loseExpired(): void {
    const { lockMs, heartbeatMs } = this.#timings;
    const nowMs = this.#clock.monotonicMs();
    for (const taken of this.#runs.values()) {
      if (nowMs - taken.renewedAtMs > lockMs - heartbeatMs) taken.lose();
    }
  }

  async #beat(): Promise<void> {
    this.#isBeating = true;
    try {
      await this.#renew();
      await this.#hearAll();
    } catch {
      // The next beat is soon; when none succeeds, the runs are lost in time.
    } finally {
      this.#isBeating = false;
    }
  }

  async #renew(): Promise<void> {
    const { lockMs } = this.#timings;
    const nowMs = this.#clock.monotonicMs();
    const due = [...this.#runs.values()].filter(
      (taken) => nowMs - taken.renewedAtMs >= lockMs * renewalShare && taken.stopped !== 'lost',
    );
    if (due.length === 0) return;
    const ids = due.map((taken) => taken.run.id);
    const tokens = due.map((taken) => taken.token);
    const lost = new Set(await this.#backend.extendLocks(ids, tokens, lockMs));
    for (const taken of due) {
      if (lost.has(taken.run.id)) taken.lose();
      else taken.renewedAtMs = nowMs;
    }
  }

  async #hearAll(): Promise<void> {
    const runs = [...this.#runs.values()].filter((taken) => taken.stopped === null);
    if (runs.length === 0) return;
    const values = await this.#backend.getQueueMetaFields(runs.map((taken) => requestField(taken.run.id)));
    for (const [index, taken] of runs.entries()) {
      const request = readRequest(values[index]);
      if (request !== null) taken.heed(request);
    }
  }
}
