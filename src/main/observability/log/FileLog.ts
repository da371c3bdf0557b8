import log from 'electron-log/node.js';
import {
  type LogBatch,
  type LogFilter,
  type LogLine,
  type LogPage,
  type LogPageInput,
  type LogSettings,
  writtenLine,
} from '../../../shared/model/log.ts';
import { onAbort } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { Logger } from '../Logger.ts';
import { FileLogger } from './FileLogger.ts';
import { LogFiles } from './LogFiles.ts';
import { LogLevels } from './LogLevels.ts';
import { LogReader } from './LogReader.ts';
import { filterOf } from './logFilter.ts';

/** Lines that wait for a window that is slower than the log; of more the oldest are left out. */
const maxWaitingCount = 1_000;

/** The log as JSON lines in files, written through electron-log, and read again for the window. */
export class FileLog {
  readonly logger: Logger;
  /** The file that is written. */
  readonly path: string;
  readonly #files: LogFiles;
  readonly #levels = new LogLevels();
  readonly #reader: LogReader;
  readonly #onLine = new Emitter<LogLine>();

  /** @param folder must be there */
  constructor(folder: string, clock: Clock) {
    this.#files = new LogFiles(folder, clock);
    this.#reader = new LogReader(this.#files);
    this.path = this.#files.current;
    const append = this.#openTransport();
    const write = (line: LogLine) => {
      append(writtenLine(line));
      this.#onLine.emit(line);
    };
    this.logger = new FileLogger({ levels: this.#levels, clock, write });
  }

  /** The modules whose level can be set, by name. */
  get scopes(): readonly string[] {
    return this.#levels.scopes;
  }

  /** From now on these levels hold. */
  setLevels(settings: LogSettings): void {
    this.#levels.set(settings);
  }

  /** @throws what `signal` was aborted with */
  page({ filter, before, limit }: LogPageInput, signal: AbortSignal): Promise<LogPage> {
    return this.#reader.page(filter, before, limit, signal);
  }

  /**
   * A page of the youngest lines that pass the filter, then those that come, until the signal aborts.
   * @param limit length of the page
   */
  async *tail(filter: LogFilter, limit: number, signal: AbortSignal): AsyncGenerator<LogBatch, void, void> {
    const passes = filterOf(filter);
    let waiting: LogLine[] = [];
    let skippedCount = 0;
    let wake: () => void = () => undefined;
    const listening = this.#onLine.on((line) => {
      if (!passes(line)) return;
      waiting.push(line);
      if (waiting.length > maxWaitingCount) {
        waiting.shift();
        skippedCount += 1;
      }
      wake();
    });
    const aborting = onAbort(signal, () => wake());
    try {
      // Taken in the turn in which listening began: no line is told twice, and none is left out.
      const page = await this.#reader.page(filter, this.#files.end(), limit, signal);
      yield { type: 'page', page };
      while (!signal.aborted) {
        if (waiting.length === 0) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        const batch: LogBatch = { type: 'lines', lines: waiting, skippedCount };
        waiting = [];
        skippedCount = 0;
        yield batch;
      }
    } finally {
      listening.dispose();
      aborting.dispose();
    }
  }

  #openTransport(): (text: string) => void {
    const files = this.#files;
    const instance = log.create({ logId: files.current });
    const { file, console: terminal } = instance.transports;
    file.resolvePathFn = () => files.current;
    file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
    file.format = '{text}';
    file.archiveLogFn = () => files.rotate();
    terminal.level = false;
    return (text) => {
      // The transport closes a file that is larger than this; 0: none.
      file.maxSize = files.isOverdue() ? 1 : 0;
      instance.info(text);
    };
  }
}
