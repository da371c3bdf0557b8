import type { LogLevel, LogLine } from '../../../shared/model/log.ts';
import type { Clock } from '../../base/Clock.ts';
import { currentCorrelationId } from '../correlation.ts';
import type { LogFields, Logger } from '../Logger.ts';
import { describeError } from './describeError.ts';
import type { LogLevels } from './LogLevels.ts';
import { redactFields } from './redact.ts';

export interface FileLoggerOptions {
  readonly levels: LogLevels;
  readonly clock: Clock;
  /** Gets each line that is written, redacted. */
  readonly write: (line: LogLine) => void;
}

/** A log of lines with time, level, scope, correlation id, message, fields and error. */
export class FileLogger implements Logger {
  readonly #options: FileLoggerOptions;
  readonly #scope: string | null;

  constructor(options: FileLoggerOptions, scope: string | null = null) {
    this.#options = options;
    this.#scope = scope;
  }

  error(message: string, fields?: LogFields, error?: unknown): void {
    this.#line('error', message, fields, error);
  }

  warn(message: string, fields?: LogFields, error?: unknown): void {
    this.#line('warn', message, fields, error);
  }

  info(message: string, fields?: LogFields): void {
    this.#line('info', message, fields);
  }

  debug(message: string, fields?: LogFields): void {
    this.#line('debug', message, fields);
  }

  scope(name: string): Logger {
    const scope = this.#scope === null ? name : `${this.#scope}.${name}`;
    this.#options.levels.add(scope);
    return new FileLogger(this.#options, scope);
  }

  #line(level: LogLevel, message: string, fields: LogFields = {}, error?: unknown): void {
    const { levels, clock, write } = this.#options;
    if (!levels.allows(this.#scope, level)) return;
    write({
      at: clock.wallMs(),
      level,
      scope: this.#scope,
      correlationId: currentCorrelationId(),
      message,
      fields: redactFields(fields),
      error: error === undefined ? null : describeError(error),
    });
  }
}
