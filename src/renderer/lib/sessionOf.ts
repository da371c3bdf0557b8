import type { SourceState } from '../../shared/model/sourceState.ts';

/** What the server can be asked in a state: everything, nothing yet (again), or nothing. */
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

export const sessionOf = ({ status }: Pick<SourceState, 'status'>): Session => sessions[status];

/** Whether the server can be asked; not before main has told a state. */
export const isConnected = (state: Pick<SourceState, 'status'> | undefined): boolean =>
  state !== undefined && sessionOf(state) === 'open';
