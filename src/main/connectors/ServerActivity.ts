import type {
  ActivityGap,
  ActivitySession,
  InterventionOutcome,
  LockWait,
} from '../../shared/model/serverActivity.ts';
import type { Connection, QueryOptions } from './Connection.ts';

/** A session as the server tells of it. Which others are Mooring's own it cannot know. */
export interface SampledSession extends Omit<ActivitySession, 'owner'> {
  /** The session that it was asked over. */
  readonly isAsking: boolean;
}

/** Why a figure is not there. */
export type FigureGap = Omit<ActivityGap, 'part'>;

/** A figure, or why it is not there. */
export type Figure = { readonly value: number } | { readonly gap: FigureGap };

/** Counters that only grow, until the server starts again or somebody resets them. */
export interface ServerCounters {
  readonly transactions: Figure;
  readonly statements: Figure;
  readonly cacheHits: Figure;
  readonly cacheMisses: Figure;
}

/** What a server says about all of its sessions at one moment. */
export interface ServerSample {
  readonly sessions: readonly SampledSession[];
  readonly lockWaits: readonly LockWait[];
  readonly counters: ServerCounters;
  readonly connections: Figure;
  /** Null where the server does not say. */
  readonly maxConnections: number | null;
  readonly replicationLagMs: Figure;
  readonly gaps: readonly ActivityGap[];
}

/** Reads samples over one connection. What was refused once is not asked for again. */
export interface ActivityReader {
  /** @throws what ended the connection, the time-out or the abort's reason; a refused part is a gap of the sample */
  sample(options: QueryOptions): Promise<ServerSample>;
  /** The size of the database in bytes. Apart, because a large one takes long. @throws as `sample` */
  measureSize(options: QueryOptions): Promise<Figure>;
}

/** A session or one of its statements, as a sample named it. */
export interface InterventionTarget {
  readonly sessionId: string;
  readonly statementId: string | null;
}

/** Sees what all sessions of a server do, and ends them. */
export interface ServerActivity {
  reader(connection: Connection): ActivityReader;
  /**
   * Asks the server to cancel the statement of a session, which lives on. Nothing happens to another statement than the
   * one that was seen, as far as the engine can tell them apart.
   * @throws PERMISSION_DENIED
   */
  cancel(
    connection: Connection,
    target: InterventionTarget,
    options: QueryOptions,
  ): Promise<InterventionOutcome>;
  /** Asks the server to end a session. @throws PERMISSION_DENIED */
  terminate(
    connection: Connection,
    target: InterventionTarget,
    options: QueryOptions,
  ): Promise<InterventionOutcome>;
}
