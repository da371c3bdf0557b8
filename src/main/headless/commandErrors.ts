import { AppError } from '../base/AppError.ts';

/** A mistake in how the program was started. @param problem one sentence, with what to do */
export const commandError = (problem: string, cause?: unknown): AppError =>
  new AppError('INVALID_INPUT', { title: problem, cause });
