import type { SourceState } from '../../shared/model/sourceState.ts';

/** A state as people see it: a server that only asks for the password has not failed. */
export type ShownStatus = SourceState['status'] | 'needs-password';

export function shownStatus(state: SourceState): ShownStatus {
  const needsPassword = state.status === 'failed' && state.reason.code === 'PASSWORD_REQUIRED';
  return needsPassword ? 'needs-password' : state.status;
}
