import type { SourceState } from '../../../shared/model/sourceState.ts';

/** What the workspace can show of the server in a state. */
type Session =
  /** There are open connections: everything works. */
  | 'open'
  /** There were, and there will be again: what was loaded stays. */
  | 'interrupted'
  /** The first connection is being made. */
  | 'opening'
  | 'closed';

const sessions: Record<SourceState['status'], Session> = {
  idle: 'closed',
  connecting: 'opening',
  ready: 'open',
  degraded: 'open',
  reconnecting: 'interrupted',
  'open-circuit': 'interrupted',
  failed: 'closed',
  closing: 'closed',
};

export const sessionOf = ({ status }: SourceState): Session => sessions[status];
