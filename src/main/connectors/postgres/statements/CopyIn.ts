import type { Duplex } from 'node:stream';
import type { CopySource } from '../../Connection.ts';
import { copyDataHeader } from './statementMessages.ts';

/** Feeds a COPY … FROM STDIN as fast as the server takes it. */
export class CopyIn {
  readonly #source: CopySource;
  readonly #stream: Duplex;
  #isStopped = false;
  #wake: () => void = () => undefined;

  constructor(source: CopySource, stream: Duplex) {
    this.#source = source;
    this.#stream = stream;
  }

  /**
   * Sends all that the source has.
   * @returns false when it was stopped
   * @throws what the source fails with
   */
  async feed(): Promise<boolean> {
    while (this.#isFed()) {
      const bytes = await this.#source();
      if (!this.#isFed()) break;
      if (bytes === null) return true;
      if (bytes.length > 0) await this.#send(bytes);
    }
    return false;
  }

  /** Nothing is sent any more, whatever the source has. */
  stop(): void {
    this.#isStopped = true;
    this.#wake();
  }

  #isFed(): boolean {
    return !this.#isStopped && this.#stream.writable;
  }

  /** Waits while the server takes nothing. */
  async #send(bytes: Buffer): Promise<void> {
    this.#stream.write(copyDataHeader(bytes.length));
    if (this.#stream.write(bytes)) return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#stream.once('drain', resolve).once('close', resolve);
    });
    this.#stream.off('drain', this.#wake).off('close', this.#wake);
  }
}
