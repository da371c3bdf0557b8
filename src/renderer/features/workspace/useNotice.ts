import { useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { shownStatus } from '../../lib/shownStatus.ts';

/** What the workspace tells about trouble with the connection. */
export type Notice =
  /** Only the password is missing. */
  | { readonly type: 'password'; readonly reason: ErrorDto }
  /** Somebody must change something. */
  | { readonly type: 'failure'; readonly reason: ErrorDto }
  /** The app heals it by itself. */
  | { readonly type: 'warning'; readonly reason: ErrorDto; readonly retry: 'none' | 'waiting' | 'running' };

/**
 * The notice for a state that follows an earlier notice. Each attempt to reconnect passes through `connecting`, which
 * knows no reason: the notice stays meanwhile, so that the page does not jump with every attempt.
 */
export function noticeAfter(previous: Notice | null, state: SourceState): Notice | null {
  switch (state.status) {
    case 'failed':
      return { type: shownStatus(state) === 'needs-password' ? 'password' : 'failure', reason: state.reason };
    case 'degraded':
      return { type: 'warning', reason: state.reason, retry: 'none' };
    case 'reconnecting':
    case 'open-circuit':
      return { type: 'warning', reason: state.reason, retry: 'waiting' };
    case 'connecting':
      return previous?.type === 'warning' ? { ...previous, retry: 'running' } : null;
    default:
      return null;
  }
}

/** The notice for the present state of one data source. */
export function useNotice(state: SourceState): Notice | null {
  const [seen, setSeen] = useState({ state, notice: noticeAfter(null, state) });
  if (seen.state === state) return seen.notice;
  const notice = noticeAfter(seen.notice, state);
  setSeen({ state, notice });
  return notice;
}
