import type { LogFields, Logger } from '../../../src/main/observability/Logger.ts';
import type { LogLevel } from '../../../src/shared/model/log.ts';

/** A line that somebody logged. */
export interface KeptLine {
  readonly level: LogLevel;
  readonly message: string;
  readonly fields: LogFields;
}

/** Keeps what is logged, for tests that ask whether people could have seen it. */
export class LogKeeper implements Logger {
  readonly lines: KeptLine[] = [];

  error(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'error', message, fields });
  }

  warn(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', message, fields });
  }

  info(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'info', message, fields });
  }

  debug(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'debug', message, fields });
  }

  scope(): Logger {
    return this;
  }
}
