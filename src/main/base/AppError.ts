import { type ErrorAction, maxErrorActions } from '../../shared/errors/errorActions.ts';
import type { ErrorCode } from '../../shared/errors/errorCodes.ts';
import type { ErrorDto } from '../../shared/errors/errorDto.ts';

/** What people read about an error, and what programs need beside the code. */
export interface AppErrorDetails {
  readonly title: string;
  /** Already sanitised: no secret, no path of ours. */
  readonly detail?: string;
  readonly causes?: readonly string[];
  readonly fixes?: readonly string[];
  /** What can be done about it with one click, the most probable one first. */
  readonly actions?: readonly ErrorAction[];
  /** SQLSTATE or errno as the driver gave it. */
  readonly driverCode?: string | null;
  readonly retryable?: boolean;
  /** How long the same attempt is refused from now on. */
  readonly retryAfterMs?: number;
  /** Where in the statement the server found it, in UTF-16 units. */
  readonly position?: number | null;
  readonly cause?: unknown;
}

/** The one error class of main: a kind (`code`) with its cause. Decide by code, never by text. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly detail: string;
  readonly causes: readonly string[];
  readonly fixes: readonly string[];
  readonly actions: readonly ErrorAction[];
  readonly driverCode: string | null;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly position: number | null;

  constructor(code: ErrorCode, details: AppErrorDetails) {
    super(details.title, { cause: details.cause });
    this.code = code;
    this.detail = details.detail ?? '';
    this.causes = details.causes ?? [];
    this.fixes = details.fixes ?? [];
    this.actions = details.actions ?? [];
    this.driverCode = details.driverCode ?? null;
    this.retryable = details.retryable ?? false;
    this.retryAfterMs = details.retryAfterMs;
    this.position = details.position ?? null;
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}

/** The error of work that was given up because its caller asked for it. */
export function cancelledError(cause?: unknown): AppError {
  return new AppError('CANCELLED', { title: 'Cancelled', cause });
}

const clip = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;

/** Turns any error into what may cross to the renderer. Unknown errors become INTERNAL and keep their text in main. */
export function toErrorDto(error: unknown, correlationId: string | null): ErrorDto {
  if (!isAppError(error)) {
    return {
      code: 'INTERNAL',
      title: 'Something went wrong inside Mooring',
      detail: 'The log file contains the details under the reference shown here.',
      causes: [],
      fixes: ['Try again. If it happens again, report it with the log file.'],
      driverCode: null,
      retryable: false,
      correlationId,
    };
  }
  return {
    code: error.code,
    title: clip(error.message, 200),
    detail: clip(error.detail, 2_000),
    causes: error.causes.slice(0, 8).map((text) => clip(text, 500)),
    fixes: error.fixes.slice(0, 8).map((text) => clip(text, 500)),
    driverCode: error.driverCode === null ? null : clip(error.driverCode, 64),
    retryable: error.retryable,
    ...(error.actions.length > 0 && { actions: error.actions.slice(0, maxErrorActions) }),
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    correlationId,
  };
}
