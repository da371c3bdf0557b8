/** So many stacks are taken at once. */
const burstCount = 20;
/** And so many a second after that. */
const perSecond = 200;

/** The place in the code where a connection was borrowed. The engine writes its text when it is first read. */
export interface BorrowedAt {
  readonly stack?: string;
}

/**
 * Takes the stacks of borrowers, but not of all: one costs some 10 microseconds, ten times what lending costs. Who leaks
 * in a busy loop leaks again, and is caught the next time.
 */
export class StackSampler {
  #tokens = burstCount;
  #lastMs = 0;

  /**
   * The stack of whoever called, or null when enough were taken lately.
   * @param below left out, with everything it calls
   */
  take(nowMs: number, below: (...parameters: never[]) => unknown): BorrowedAt | null {
    this.#tokens = Math.min(burstCount, this.#tokens + ((nowMs - this.#lastMs) * perSecond) / 1_000);
    this.#lastMs = nowMs;
    if (this.#tokens < 1) return null;
    this.#tokens -= 1;
    const place: BorrowedAt = {};
    Error.captureStackTrace(place, below);
    return place;
  }
}

/** The stack as one line for the log, nearest first, without folders: those name the machine's user. */
export function describePlace(place: BorrowedAt | null): string | null {
  const frames = (place?.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const shown = frames.filter((frame) => !frame.includes('node:internal')).map(withoutFolders);
  return shown.length === 0 ? null : shown.join(' < ');
}

function withoutFolders(frame: string): string {
  return frame
    .replace(/^ {4}at /, '')
    .replace(/\(.*[\\/]([^\\/]+)\)$/, '($1)')
    .replace(/^(async )?[^()]*[\\/]([^\\/()]+)$/, '$1$2');
}
