import type { Stage } from '../../../shared/model/testReport.ts';
import type { Clock } from '../../base/Clock.ts';
import { cleanText } from '../../base/cleanText.ts';

const maxNoteLength = 200;

/** Times the stages of one connect and tells each beginning and end. One stage runs at a time. */
export class StageReporter<Name extends string = string> {
  readonly #clock: Clock;
  readonly #tell: (stage: Stage) => void;
  #running: { readonly name: Name; readonly startedMs: number } | null = null;
  #last: Name;

  /** @param first what is reported as the current stage before any has begun */
  constructor(first: Name, clock: Clock, tell: (stage: Stage) => void) {
    this.#last = first;
    this.#clock = clock;
    this.#tell = tell;
  }

  /** The stage that runs, or the last that did. */
  get current(): Name {
    return this.#last;
  }

  begin(name: Name): void {
    this.#running = { name, startedMs: this.#clock.monotonicMs() };
    this.#last = name;
    this.#tell({ name, outcome: 'running', durationMs: null, note: null });
  }

  /** @param note what was found; may hold a server's words, which are cleaned */
  succeed(note: string | null): void {
    this.#end('ok', note);
  }

  skip(name: Name, note: string): void {
    this.#tell({ name, outcome: 'skipped', durationMs: null, note: cleanText(note, maxNoteLength) });
  }

  /** Ends the running stage as failed; without one this does nothing. */
  fail(): void {
    this.#end('failed', null);
  }

  #end(outcome: 'ok' | 'failed', note: string | null): void {
    if (this.#running === null) return;
    const { name, startedMs } = this.#running;
    this.#running = null;
    const durationMs = this.#clock.monotonicMs() - startedMs;
    this.#tell({ name, outcome, durationMs, note: note === null ? null : cleanText(note, maxNoteLength) });
  }
}
