import { renameSync } from 'node:fs';
import { join } from 'node:path';
import log from 'electron-log/node.js';
import { currentCorrelationId } from './correlation.ts';
import { describeError } from './describeError.ts';
import type { LogFields, Logger, LogLevel } from './Logger.ts';
import { redactFields } from './redact.ts';

/** A log file is rotated at this size, in bytes; one older file is kept. */
const maxLogBytes = 5 * 1024 * 1024;

type Transport = (level: LogLevel, line: string) => void;

/** Opens the JSON-lines log at `<folder>/mooring.log` through electron-log's file transport. */
export function openFileLog(folder: string): { logger: Logger; path: string } {
  const path = join(folder, 'mooring.log');
  const instance = log.create({ logId: path });
  const { file, console: terminal } = instance.transports;
  file.resolvePathFn = () => path;
  file.maxSize = maxLogBytes;
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  file.format = '{text}';
  file.archiveLogFn = () => renameSync(path, join(folder, 'mooring.1.log'));
  terminal.level = false;
  return { logger: new FileLogger((level, line) => instance[level](line), null), path };
}

/** One JSON object a line: time, level, scope, correlation id, message, fields, error. */
class FileLogger implements Logger {
  readonly #write: Transport;
  readonly #scope: string | null;

  constructor(write: Transport, scope: string | null) {
    this.#write = write;
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
    return new FileLogger(this.#write, this.#scope === null ? name : `${this.#scope}.${name}`);
  }

  #line(level: LogLevel, message: string, fields: LogFields = {}, error?: unknown): void {
    const line = {
      time: new Date().toISOString(),
      level,
      scope: this.#scope,
      correlationId: currentCorrelationId(),
      message,
      ...redactFields(fields),
      ...(error === undefined ? {} : { error: describeError(error) }),
    };
    this.#write(level, JSON.stringify(line));
  }
}
