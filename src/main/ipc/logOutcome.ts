import { isAppError, toErrorDto } from '../base/AppError.ts';
import type { LogFields, Logger } from '../observability/Logger.ts';

/** The code of a call or stream that went well. */
const okCode = 'OK';

/**
 * Writes the line of a call or stream that went well. What is audited is in the file of every run, the rest only in
 * a debug log.
 */
export function logSuccess(logger: Logger, message: string, fields: LogFields): void {
  const line = { ...fields, code: okCode };
  if (fields.audit === true) logger.info(message, line);
  else logger.debug(message, line);
}

/** Writes the line of a call or stream that failed: our own faults with their stack, refusals and failures by code. */
export function logFailure(logger: Logger, message: string, fields: LogFields, error: unknown): void {
  const { code } = toErrorDto(error, null);
  const line = { ...fields, code };
  if (!isAppError(error) || code === 'INTERNAL') logger.error(message, line, error);
  else if (code === 'CANCELLED' || code === 'SHUTTING_DOWN') logger.info(message, line);
  else logger.warn(message, line, error);
}
