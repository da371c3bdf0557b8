import type { SourceState } from '../../shared/model/sourceState.ts';

/** Whether a data source has a connection, however well it is doing: its server can be asked. */
export const isConnected = (status: SourceState['status'] | undefined): boolean =>
  status === 'ready' || status === 'degraded';
