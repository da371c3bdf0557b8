import { isAppError, toErrorDto } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import { RepeatLimit } from '../base/RepeatLimit.ts';
import type { LogFields, Logger } from '../observability/Logger.ts';

/** The code of a call or stream that went well. */
const okCode = 'OK';

interface Failure {
  readonly message: string;
  readonly fields: LogFields;
}

/**
 * Writes how calls and streams ended. A page in a loop must not rotate what is useful out of the log: failures of one
 * kind (message, channel and code) that go on and on are summarised.
 */
export class OutcomeLog {
  readonly #logger: Logger;
  readonly #failures: RepeatLimit<Failure>;

  constructor(clock: Clock, logger: Logger) {
    this.#logger = logger;
    this.#failures = new RepeatLimit(clock, ({ message, fields }, count) =>
      logger.warn(`${message}, again and again`, { ...fields, count }),
    );
  }

  /** What is audited is in the file of every run, the rest only in a debug log. */
  succeeded(message: string, fields: LogFields): void {
    const line = { ...fields, code: okCode };
    if (fields.audit === true) this.#logger.info(message, line);
    else this.#logger.debug(message, line);
  }

  /**
   * Our own faults with their stack, refusals and failures by code.
   * @param fields of which `call`, `stream` or `channel` says where
   */
  failed(message: string, { durationMs, ...fields }: LogFields, error: unknown): void {
    const { code } = toErrorDto(error, null);
    const kind = JSON.stringify([message, fields, code]);
    if (!this.#failures.allows(kind, { message, fields: { ...fields, code } })) return;
    const line = { ...fields, ...(durationMs !== undefined && { durationMs }), code };
    if (!isAppError(error) || code === 'INTERNAL') this.#logger.error(message, line, error);
    else if (code === 'CANCELLED' || code === 'SHUTTING_DOWN') this.#logger.info(message, line);
    else this.#logger.warn(message, line, error);
  }

  /** Writes what was only counted so far. */
  flush(): void {
    this.#failures.flush();
  }
}
