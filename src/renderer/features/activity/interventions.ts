import type { ActivitySession } from '../../../shared/model/serverActivity.ts';
import { activityText } from '../../text/activity.ts';
import type { Intervention } from './activityState.ts';

/** What can be done with a session. */
export interface SessionActions {
  readonly intervene: (intervention: Intervention, session: ActivitySession) => void;
  readonly openQuery: (session: ActivitySession) => void;
  /** The details are not wanted any more. */
  readonly close: () => void;
}

/** Why a session is left alone, in words; null when it need not be. */
export function obstacleTo(
  intervention: Intervention,
  { owner, state }: ActivitySession,
  isReadOnly: boolean,
): string | null {
  const words = activityText.detail;
  if (owner === 'sampling') return words.sampling;
  if (isReadOnly) return words.readOnly;
  const runs = state === null || state === 'active' || state === 'waiting' || state === 'other';
  return intervention === 'cancel' && !runs ? words.noStatement : null;
}
