import { errorDtoOf } from './errorText.ts';
import { notifyError } from './notify.tsx';

/** Tells of a failure that has no place of its own on the screen; says nothing of what somebody has given up. */
export function notifyFailure(failure: unknown): void {
  const error = errorDtoOf(failure);
  if (error.code !== 'CANCELLED') notifyError(error);
}
