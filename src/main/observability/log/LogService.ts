import {
  type LogBatch,
  type LogFilter,
  type LogPage,
  type LogPageInput,
  type LogSettings,
  logSettingsSchema,
  type WindowFailure,
} from '../../../shared/model/log.ts';
import type { Clock } from '../../base/Clock.ts';
import { RepeatLimit } from '../../base/RepeatLimit.ts';
import type { Logger } from '../Logger.ts';
import type { FileLog } from './FileLog.ts';
import { defaultLogSettings } from './LogLevels.ts';
import { redactText } from './redact.ts';

/** Where small settings are kept. */
export interface SettingsKeeper {
  read(key: string, schema: typeof logSettingsSchema, fallback: LogSettings): LogSettings;
  write(key: string, value: LogSettings): void;
}

const settingsKey = 'logLevels';

/** The log as the window uses it: it reads it, says how much is written, and adds its own failures to it. */
export class LogService {
  readonly #log: FileLog;
  readonly #keeper: SettingsKeeper;
  readonly #logger: Logger;
  readonly #failures: RepeatLimit<null>;

  constructor(log: FileLog, keeper: SettingsKeeper, clock: Clock) {
    this.#log = log;
    this.#keeper = keeper;
    this.#logger = log.logger.scope('page');
    // A page that fails in a loop must not rotate what is useful out of the log.
    this.#failures = new RepeatLimit(clock, (_, count) =>
      this.#logger.error('The window failed again and again', { count }),
    );
  }

  /** The levels that were chosen hold from here on. */
  start(): void {
    this.#log.setLevels(this.settings);
  }

  get settings(): LogSettings {
    return this.#keeper.read(settingsKey, logSettingsSchema, defaultLogSettings);
  }

  setLevels(settings: LogSettings): void {
    this.#keeper.write(settingsKey, settings);
    this.#log.setLevels(settings);
  }

  /** The modules whose level can be set, by name. */
  get scopes(): readonly string[] {
    return this.#log.scopes;
  }

  /** A page of older lines. @throws what `signal` was aborted with */
  page(input: LogPageInput, signal: AbortSignal): Promise<LogPage> {
    return this.#log.page(input, signal);
  }

  /** See FileLog. */
  tail(filter: LogFilter, limit: number, signal: AbortSignal): AsyncGenerator<LogBatch, void, void> {
    return this.#log.tail(filter, limit, signal);
  }

  /** Writes down what failed in the window. Its text is foreign: the contract bounds it, and here it is redacted. */
  windowFailed({ message, stack }: WindowFailure): void {
    if (!this.#failures.allows('window', null)) return;
    const failure = new Error(redactText(message));
    failure.name = 'WindowError';
    failure.stack = stack ?? '';
    this.#logger.error('Something failed in the window', {}, failure);
  }
}
