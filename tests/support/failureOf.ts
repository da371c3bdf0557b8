import { type AppError, isAppError } from '../../src/main/base/AppError.ts';

/** The AppError that something rejects with; fails the test when it does not. */
export async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const outcome = await work.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
  if (isAppError(outcome)) return outcome;
  throw new Error(`Expected an AppError, got ${String(outcome)}`, { cause: outcome });
}
