import { isDeepStrictEqual } from 'node:util';
import type { DemoStatus } from '../../shared/model/demoStatus.ts';
import { Emitter } from '../base/Emitter.ts';

/** What can be under way. */
export type DemoActivity = Extract<DemoStatus, { step: string }>['status'];

/** Where the demo server stands, and the event that tells it. While something is under way its progress never goes back. */
export class DemoProgress {
  readonly changed = new Emitter<DemoStatus>();
  #status: DemoStatus;

  constructor(status: DemoStatus) {
    this.#status = status;
  }

  get status(): DemoStatus {
    return this.#status;
  }

  /** Tells a step of an activity; `progress` is 0 to 1 over the whole of it. */
  step(activity: DemoActivity, step: string, progress: number): void {
    const before = this.#status.status === activity && 'progress' in this.#status ? this.#status.progress : 0;
    this.#change({ status: activity, step, progress: Math.min(1, Math.max(before, progress)) });
  }

  /** Tells where it stands when nothing is under way. */
  settle(status: DemoStatus): void {
    this.#change(status);
  }

  #change(status: DemoStatus): void {
    if (isDeepStrictEqual(status, this.#status)) return;
    this.#status = status;
    this.changed.emit(status);
  }
}
