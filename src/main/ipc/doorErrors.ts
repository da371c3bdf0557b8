import type { z } from 'zod';
import { AppError } from '../base/AppError.ts';

/** Why the door itself refuses a message. Details never repeat a value that was sent. */

const reportIt = 'This is a fault in Mooring: report it with the log file.';

export function forbiddenSender(): AppError {
  return new AppError('FORBIDDEN_SENDER', {
    title: 'This page is not allowed to use Mooring',
    detail: 'Mooring accepts requests only from its main window.',
  });
}

export function invalidInput(detail: string): AppError {
  return new AppError('INVALID_INPUT', { title: 'The request is not valid', detail, fixes: [reportIt] });
}

/** Names the fields that are wrong and why, as the schema puts it. */
export function invalidFields(error: z.ZodError): AppError {
  const problems = error.issues.slice(0, 5).map((issue) => {
    const field = issue.path.map(String).join('.');
    return field === '' ? issue.message : `${field}: ${issue.message}`;
  });
  return new AppError('INVALID_INPUT', {
    title: 'Some fields are not valid',
    detail: problems.join('\n'),
    fixes: ['Correct them and try again.'],
  });
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError('TOO_LARGE', {
    title: 'The request is too large',
    detail: `The limit is ${maxBytes.toLocaleString('en-US')} bytes.`,
    fixes: ['Shorten what you entered and try again.'],
  });
}

export function rateLimited(): AppError {
  return new AppError('RATE_LIMITED', {
    title: 'Too many requests at once',
    detail: 'Mooring is still working on earlier requests.',
    fixes: ['Wait a moment and try again.'],
    retryable: true,
  });
}

export function appLocked(): AppError {
  return new AppError('APP_LOCKED', {
    title: 'Mooring is locked',
    fixes: ['Unlock it with your passphrase.'],
  });
}

export function shuttingDown(): AppError {
  return new AppError('SHUTTING_DOWN', { title: 'Mooring is closing' });
}

export function windowGone(): AppError {
  return new AppError('CANCELLED', { title: 'The requesting window was closed' });
}
