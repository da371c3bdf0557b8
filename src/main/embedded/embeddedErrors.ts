import { systemCodeOf } from '../base/files/fileErrors.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is taken out
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]+/g;
/** Absolute paths, quoted or bare: they would show where the person's files are. */
const paths = /(["'])(?:\/|[A-Za-z]:[\\/]).*?\1|(?<![\w.])(?:\/|[A-Za-z]:[\\/])[^\s"',;:)]+/g;

/**
 * Why the server cannot be used. `unavailable`: this computer, or this copy of the app, cannot run it at all.
 * `failed`: a step failed. `files-gone`: its folder was moved or deleted while it ran.
 */
export type EmbeddedFailure =
  | { readonly kind: 'unavailable'; readonly why: string; readonly fix: string }
  | {
      readonly kind: 'failed';
      /** The step, as the end of "… could not be …". */
      readonly step: string;
      /** What the program said last, on one line and without paths. */
      readonly output: string;
      readonly isDiskFull: boolean;
    }
  | { readonly kind: 'files-gone' };

/** A failure of an embedded server. Whoever owns the server turns it into an AppError with words of its own. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
  readonly failure: EmbeddedFailure;

  constructor(failure: EmbeddedFailure, cause?: unknown) {
    super('An embedded PostgreSQL server failed', { cause });
    this.failure = failure;
  }
}

export function serverUnavailable(why: string, fix: string, cause?: unknown): EmbeddedError {
  return new EmbeddedError({ kind: 'unavailable', why, fix }, cause);
}

/**
 * @param step as the end of "… could not be …"
 * @param output what the program said last; paths are taken out
 */
export function serverFailed(step: string, output: string, cause?: unknown): EmbeddedError {
  const isDiskFull = systemCodeOf(cause) === 'ENOSPC' || output.includes('No space left on device');
  return new EmbeddedError(
    { kind: 'failed', step, output: plainWords(output).slice(-1_000), isDiskFull },
    cause,
  );
}

export function serverFilesGone(): EmbeddedError {
  return new EmbeddedError({ kind: 'files-gone' });
}

/** What kept the server from a step, of any error of file work or of a program. */
export function embeddedFailure(error: unknown, step: string): EmbeddedFailure {
  if (error instanceof EmbeddedError) return error.failure;
  return serverFailed(step, error instanceof Error ? error.message : '', error).failure;
}

/** The words of a program on one line, without paths. */
function plainWords(output: string): string {
  return output.replace(paths, '(path)').replace(controlCharacters, ' ').trim();
}
