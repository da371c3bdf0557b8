import { createHash } from 'node:crypto';
import type { Clock, Timer } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';

export interface TextClipboard {
  write(text: string): Promise<void>;
  read(): Promise<string>;
  clear(): void;
}

/** Long enough to paste it, short enough to be gone before the next visitor. */
const clearAfterMs = 60_000;

/**
 * Text with a secret on the clipboard: it is taken off again after a minute and when the app ends, unless something else
 * is there by then. Only its hash is kept meanwhile.
 *
 * Clipboard managers may keep a copy. The marks that ask them not to (x-kde-passwordManagerHint,
 * ExcludeClipboardContentFromMonitorProcessing, org.nspasteboard.ConcealedType) have to be written together with the
 * text, which Electron before 44 cannot.
 */
export class SecretClipboard {
  readonly #clipboard: TextClipboard;
  readonly #clock: Clock;
  readonly #logger: Logger;
  /** SHA-256 of what was copied; null when there is nothing to take off. */
  #copied: string | null = null;
  #timer: Timer | null = null;

  constructor(clipboard: TextClipboard, clock: Clock, logger: Logger) {
    this.#clipboard = clipboard;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Copies the text, and begins to count anew. */
  async copy(text: string): Promise<void> {
    this.#copied = hashOf(text);
    this.#timer?.cancel();
    this.#timer = this.#clock.after(clearAfterMs, () => void this.clear());
    await this.#clipboard.write(text);
  }

  /** Takes the text off now, if it is still there. Never rejects. */
  async clear(): Promise<void> {
    const copied = this.#copied;
    this.#copied = null;
    this.#timer?.cancel();
    this.#timer = null;
    if (copied === null) return;
    try {
      if (hashOf(await this.#clipboard.read()) === copied) this.#clipboard.clear();
    } catch (error) {
      this.#logger.warn('The clipboard could not be cleared', {}, error);
    }
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
