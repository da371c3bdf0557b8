/** Values a log line may carry beside its message. Keys are checked against an allow-list; others are masked. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/**
 * Structured log: a constant message and fields. The correlation id of the running call is added by itself.
 * Errors are written with code, title and cause chain, after redaction.
 */
export interface Logger {
  error(message: string, fields?: LogFields, error?: unknown): void;
  warn(message: string, fields?: LogFields, error?: unknown): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** The same log, with the scope's name in every line. */
  scope(name: string): Logger;
}

/** Writes nothing: the default where no logger is given. */
export const silentLogger: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  scope: () => silentLogger,
};
