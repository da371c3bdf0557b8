import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { privateFileMode } from '../base/files/privateModes.ts';
import type { Logger } from '../observability/Logger.ts';
import { type WindowMemory, windowMemorySchema } from './windowMemory.ts';

/**
 * Remembers the window in a small file of its own, so that it opens at once, before the store does. Losing the file
 * costs nobody anything: failures are logged and otherwise ignored.
 */
export class WindowMemoryFile {
  readonly #path: string;
  readonly #logger: Logger;

  constructor(path: string, logger: Logger) {
    this.#path = path;
    this.#logger = logger;
  }

  /** Null when there is no file yet, or none that makes sense. */
  read(): WindowMemory | null {
    try {
      const parsed = windowMemorySchema.safeParse(JSON.parse(readFileSync(this.#path, 'utf8')));
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  }

  write(memory: WindowMemory): void {
    const temporaryPath = `${this.#path}.new`;
    try {
      writeFileSync(temporaryPath, JSON.stringify(memory), { mode: privateFileMode });
      renameSync(temporaryPath, this.#path);
    } catch (error) {
      this.#logger.warn('The place of the window could not be kept', {}, error);
    }
  }
}
