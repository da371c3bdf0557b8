import type { Clock, Timer } from './Clock.ts';

/** Events of one kind that are written one by one within a window. */
const freeCount = 5;
const windowMs = 60_000;

interface Window<Event> {
  readonly first: Event;
  readonly startedAtMs: number;
  count: number;
  /** Runs once there is something to summarise. */
  timer: Timer | null;
}

/**
 * Keeps a flood of equal events from filling what they are written to: the first five of a kind in a minute are written
 * one by one, the others are counted and summarised when the minute is over. The caller keeps the number of kinds small.
 */
export class RepeatLimit<Event> {
  readonly #clock: Clock;
  readonly #summarise: (first: Event, repeatedCount: number) => void;
  readonly #windows = new Map<string, Window<Event>>();

  /** @param summarise gets the first event of the window, and how many were not written */
  constructor(clock: Clock, summarise: (first: Event, repeatedCount: number) => void) {
    this.#clock = clock;
    this.#summarise = summarise;
  }

  /** Counts an event; answers whether it is to be written by itself. */
  allows(kind: string, event: Event): boolean {
    const window = this.#current(kind) ?? this.#begin(kind, event);
    window.count += 1;
    if (window.count <= freeCount) return true;
    const leftMs = window.startedAtMs + windowMs - this.#clock.monotonicMs();
    window.timer ??= this.#clock.after(leftMs, () => this.#end(kind));
    return false;
  }

  /** Summarises what has only been counted so far. */
  flush(): void {
    for (const kind of [...this.#windows.keys()]) this.#end(kind);
  }

  #current(kind: string): Window<Event> | null {
    const window = this.#windows.get(kind);
    if (window !== undefined && this.#clock.monotonicMs() - window.startedAtMs < windowMs) return window;
    this.#end(kind);
    return null;
  }

  #begin(kind: string, first: Event): Window<Event> {
    const window = { first, startedAtMs: this.#clock.monotonicMs(), count: 0, timer: null };
    this.#windows.set(kind, window);
    return window;
  }

  #end(kind: string): void {
    const window = this.#windows.get(kind);
    if (window === undefined) return;
    window.timer?.cancel();
    this.#windows.delete(kind);
    if (window.count > freeCount) this.#summarise(window.first, window.count - freeCount);
  }
}
