import { z } from 'zod';
import {
  type ActivityGap,
  type LockWait,
  maxActivitySessions,
} from '../../../../shared/model/serverActivity.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type { ActivityReader, Figure, FigureGap, ServerSample } from '../../ServerActivity.ts';
import { type Answers, askCatalogue, numberCell, runCatalogueStatement } from '../../sql/askCatalogue.ts';
import { figureOr, notOffered, OptionalParts, type Part, refused, valueOr } from '../../sql/OptionalParts.ts';
import { flagCell, parseOnlyRow, parseRows } from '../catalogue/resultRows.ts';
import { lockRow, type SessionRow, sessionRow } from './activityRows.ts';
import { lockWaitsSql, monitorRole, seesAllSql, sessionsSql } from './sessionSql.ts';

const ofDatabases = (sum: string): string =>
  `(SELECT pg_catalog.sum(${sum}) FROM pg_catalog.pg_stat_database)`;
const lagMs = (interval: string): string => `pg_catalog.date_part('epoch', ${interval}) * 1000`;

/** What the server counts, and where it stands in replication. */
const questions = {
  seesAll: { sql: seesAllSql, cell: flagCell },
  transactions: { sql: ofDatabases('xact_commit + xact_rollback'), cell: numberCell },
  cacheHits: { sql: ofDatabases('blks_hit'), cell: numberCell },
  cacheMisses: { sql: ofDatabases('blks_read'), cell: numberCell },
  maxConnections: { sql: "pg_catalog.current_setting('max_connections')", cell: numberCell },
  isStandby: { sql: 'pg_catalog.pg_is_in_recovery()', cell: flagCell },
  /** While all that has arrived is applied there is no lag, however long ago the last transaction was. */
  standbyLagMs: {
    sql: `CASE WHEN NOT pg_catalog.pg_is_in_recovery() THEN NULL
      WHEN pg_catalog.pg_last_wal_receive_lsn() = pg_catalog.pg_last_wal_replay_lsn() THEN 0
      ELSE ${lagMs('pg_catalog.clock_timestamp() - pg_catalog.pg_last_xact_replay_timestamp()')} END`,
    cell: numberCell,
  },
  replicaCount: { sql: '(SELECT pg_catalog.count(*) FROM pg_catalog.pg_stat_replication)', cell: numberCell },
  /** A replica that has nothing to catch up with reports none. */
  replicaLagMs: {
    sql: `(SELECT coalesce(${lagMs('pg_catalog.max(replay_lag)')}, 0) FROM pg_catalog.pg_stat_replication)`,
    cell: numberCell,
  },
} as const;

type Counted = Answers<typeof questions>;

/** Samples of a PostgreSQL server: two statements, and a third one while somebody may wait for a lock. */
export class PostgresActivityReader implements ActivityReader {
  readonly #connection: SqlConnection;
  readonly #parts: OptionalParts;

  constructor(connection: SqlConnection) {
    this.#connection = connection;
    this.#parts = new OptionalParts(connection);
  }

  async sample(options: QueryOptions): Promise<ServerSample> {
    const answer = await runCatalogueStatement(this.#connection, { text: sessionsSql }, options);
    const rows = parseRows(answer, sessionRow);
    const counted = await askCatalogue(this.#connection, questions, options);
    const waits = await this.#lockWaits(rows, options);
    return {
      sessions: rows.slice(0, maxActivitySessions).map(({ isHidden: _, ...session }) => session),
      lockWaits: valueOr(waits, []),
      counters: {
        transactions: figureOr(counted.transactions, refused),
        statements: { gap: notOffered },
        cacheHits: figureOr(counted.cacheHits, refused),
        cacheMisses: figureOr(counted.cacheMisses, refused),
      },
      connections: { value: rows.filter(({ role }) => role === 'client').length },
      maxConnections: counted.maxConnections,
      replicationLagMs: replicationLag(counted),
      gaps: gapsOf(rows, waits),
    };
  }

  measureSize(options: QueryOptions): Promise<Figure> {
    return this.#parts.read('size', 'CONNECT', options, async () => {
      const text = 'SELECT pg_catalog.pg_database_size(pg_catalog.current_database())';
      const answer = await runCatalogueStatement(this.#connection, { text }, options);
      return parseOnlyRow(answer, z.tuple([numberCell]))[0];
    });
  }

  async #lockWaits(rows: readonly SessionRow[], options: QueryOptions): Promise<Part<LockWait[]>> {
    if (!rows.some(({ state, isHidden }) => state === 'waiting' || isHidden)) return { value: [] };
    const idOf = new Map(rows.map(({ number, id }) => [number, id]));
    return this.#parts.read('locks', null, options, async () => {
      const answer = await runCatalogueStatement(this.#connection, { text: lockWaitsSql }, options);
      return parseRows(answer, lockRow).flatMap(({ waiting, holder, lock }) => {
        const waitingId = idOf.get(waiting);
        return waitingId === undefined ? [] : [{ waitingId, holderId: idOf.get(holder) ?? null, lock }];
      });
    });
  }
}

const missingRight: FigureGap = { reason: 'missing-right', right: monitorRole };

function replicationLag({ isStandby, standbyLagMs, replicaCount, replicaLagMs, seesAll }: Counted): Figure {
  if (isStandby === null) return { gap: refused };
  if (isStandby) return figureOr(standbyLagMs, refused);
  if (replicaCount === 0) return { gap: { reason: 'not-replicated', right: null } };
  return seesAll === false ? { gap: missingRight } : figureOr(replicaLagMs, refused);
}

function gapsOf(rows: readonly SessionRow[], waits: Part<unknown>): ActivityGap[] {
  const isCut = rows.length > maxActivitySessions;
  return [
    ...(isCut ? [{ part: 'sessions', reason: 'too-many', right: null } as const] : []),
    ...(rows.some(({ isHidden }) => isHidden) ? [{ part: 'statements', ...missingRight } as const] : []),
    ...('gap' in waits ? [{ part: 'locks', ...waits.gap } as const] : []),
  ];
}
