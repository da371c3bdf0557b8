import { isAppError } from '../../base/AppError.ts';
import { redactText } from './redact.ts';

const maxDepth = 5;

/** An error as a log line keeps it: kind, code and chain of causes, redacted. Ours need no stack, foreign ones do. */
export interface LoggedError {
  readonly name: string;
  readonly code: string | null;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

export function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error))
    return { name: typeof error, code: null, message: redactText(String(error)) };
  const cause =
    error.cause === undefined || depth >= maxDepth ? {} : { cause: describeError(error.cause, depth + 1) };
  if (isAppError(error))
    return { name: error.name, code: error.code, message: redactText(error.message), ...cause };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  return {
    name: error.name,
    code,
    message: redactText(error.message),
    stack: redactText(error.stack ?? ''),
    ...cause,
  };
}
