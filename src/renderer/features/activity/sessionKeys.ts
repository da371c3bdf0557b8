import type { KeyboardEvent } from 'react';
import type { ActivitySession } from '../../../shared/model/serverActivity.ts';
import { copyText } from '../../lib/copyText.ts';
import { matchesShortcut } from '../../lib/shortcut.ts';
import { obstacleTo, type SessionActions } from './interventions.ts';

interface KeyTarget {
  /** The selected one. */
  readonly session: ActivitySession | null;
  readonly isReadOnly: boolean;
  readonly actions: SessionActions;
}

/** What a key does while the table has the focus; false: nothing. */
export function sessionKey(
  { nativeEvent: press }: KeyboardEvent,
  { session, isReadOnly, actions }: KeyTarget,
  togglePause: () => void,
): boolean {
  if (matchesShortcut(press, 'space')) {
    togglePause();
    return true;
  }
  if (session === null) return false;
  if (matchesShortcut(press, 'Escape')) actions.close();
  else if (matchesShortcut(press, 'Enter')) actions.openQuery(session);
  else if (matchesShortcut(press, 'mod+C')) copyText(session.statement?.text ?? '');
  else if (matchesShortcut(press, 'Delete')) {
    if (obstacleTo('terminate', session, isReadOnly) === null) actions.intervene('terminate', session);
  } else if (matchesShortcut(press, 'mod+.')) {
    if (obstacleTo('cancel', session, isReadOnly) === null) actions.intervene('cancel', session);
  } else return false;
  return true;
}
