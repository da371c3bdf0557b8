import type { DataSourceId } from '../../shared/model/ids.ts';
import type {
  ActivityBatch,
  InterventionInput,
  InterventionOutcome,
} from '../../shared/model/serverActivity.ts';

/** How much of a server is used; null where it does not say. */
export interface ServerUse {
  readonly connectionCount: number | null;
  readonly maxConnections: number | null;
  readonly replicationLagMs: number | null;
}

/** What the sessions of a server do, and ending them. */
export interface ActivityService {
  /**
   * How much of a server is used, over the connection of those who watch it, or one that is closed again.
   * @throws as `watch`
   */
  serverUse(id: DataSourceId, signal: AbortSignal): Promise<ServerUse>;
  /**
   * Samples for as long as they are taken: the first at once, then at intervals that grow when a sample takes long.
   * @throws why the server cannot be asked; it is asked only while the data source is connected
   */
  watch(id: DataSourceId, signal: AbortSignal): AsyncGenerator<ActivityBatch, void, void>;
  /** Asks the server to cancel a statement; its session lives on. @throws READ_ONLY, PERMISSION_DENIED, INVALID_INPUT */
  cancel(input: InterventionInput, signal: AbortSignal): Promise<InterventionOutcome>;
  /** Asks the server to end a session. @throws as `cancel` */
  terminate(input: InterventionInput, signal: AbortSignal): Promise<InterventionOutcome>;
}
