import type { SourceState } from '../../../shared/model/sourceState.ts';

/** What the workspace can ask the server in a state: everything, nothing yet (again), or nothing. */
type Session = 'open' | 'pending' | 'closed';

const sessions: Record<SourceState['status'], Session> = {
  idle: 'closed',
  connecting: 'pending',
  ready: 'open',
  degraded: 'open',
  reconnecting: 'pending',
  'open-circuit': 'pending',
  failed: 'closed',
  closing: 'closed',
};

export const sessionOf = ({ status }: SourceState): Session => sessions[status];
