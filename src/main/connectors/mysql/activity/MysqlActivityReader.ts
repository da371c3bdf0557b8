import { z } from 'zod';
import {
  type ActivityGap,
  type LockWait,
  maxActivitySessions,
} from '../../../../shared/model/serverActivity.ts';
import type { QueryOptions, SqlConnection } from '../../Connection.ts';
import type {
  ActivityReader,
  Figure,
  FigureGap,
  SampledSession,
  ServerSample,
} from '../../ServerActivity.ts';
import { askCatalogue, isRefusal, numberCell, runCatalogueStatement } from '../../sql/askCatalogue.ts';
import { figureOr, OptionalParts, type Part, refused, valueOr } from '../../sql/OptionalParts.ts';
import { askRows } from '../catalogue/catalogueRows.ts';
import {
  lockRow,
  type SessionRow,
  sampledSession,
  sessionRow,
  statementRow,
  transactionRow,
} from './activityRows.ts';
import {
  countersSql,
  lockWaitsSql,
  maxConnectionsSql,
  olderSessionsSql,
  replicationSql,
  rights,
  sessionsSql,
  sizeSql,
  statementsSql,
  transactionsSql,
} from './sessionSql.ts';

const questions = { maxConnections: { sql: maxConnectionsSql, cell: numberCell } } as const;
const counterRow = z.tuple([z.string(), numberCell]);

/** What the server counts, by its names, and how much of it was this reader's until then. */
interface Counted {
  readonly ownReads: number;
  readonly [name: string]: number | undefined;
}
/** Each stands in a transaction of its own that is rolled back. */
const statementsOfRead = 3;

/** What a replica calls its lag: MySQL, and MariaDB. */
const lagFields: ReadonlySet<string> = new Set(['Seconds_Behind_Source', 'Seconds_Behind_Master']);
const notReplicated: FigureGap = { reason: 'not-replicated', right: null };

/** Samples of a MySQL or MariaDB server. Each part has a right of its own, so that each may be missing by itself. */
export class MysqlActivityReader implements ActivityReader {
  readonly #connection: SqlConnection;
  readonly #parts: OptionalParts;
  /** The list of sessions that this server has. */
  #sessionsSql = sessionsSql;
  /** Asked once: it is a setting. */
  #maxConnections: number | null = null;
  /** Statements of this reader so far: what it does is not what is looked at. */
  #readCount = 0;

  constructor(connection: SqlConnection) {
    this.#connection = connection;
    this.#parts = new OptionalParts(connection);
  }

  async sample(options: QueryOptions): Promise<ServerSample> {
    const rows = await this.#sessions(options);
    const transactions = await this.#list(
      'transactions',
      rights.process,
      transactionsSql,
      transactionRow,
      options,
    );
    const statements = await this.#list(
      'statements',
      rights.performanceSchema,
      statementsSql,
      statementRow,
      options,
    );
    const extras = {
      transactions: byNumber(valueOr(transactions, [])),
      statements: byNumber(valueOr(statements, [])),
    };
    const sessions = rows.slice(0, maxActivitySessions).map((row) => sampledSession(row, extras));
    const waits = await this.#lockWaits(sessions, options);
    const counted = await this.#counted(options);
    const { Innodb_buffer_pool_read_requests: cacheReads, Innodb_buffer_pool_reads: cacheMisses } = counted;
    return {
      sessions: withWaits(sessions, valueOr(waits, [])),
      lockWaits: valueOr(waits, []),
      counters: {
        transactions: figure(sum(counted.Com_commit, counted.Com_rollback, -counted.ownReads)),
        statements: figure(sum(counted.Questions, -counted.ownReads * statementsOfRead)),
        cacheHits: figure(sum(cacheReads, cacheMisses, -2 * (cacheMisses ?? 0))),
        cacheMisses: figure(cacheMisses),
      },
      connections: figure(counted.Threads_connected),
      maxConnections: await this.#readMaxConnections(options),
      replicationLagMs: await this.#replicationLag(options),
      gaps: gapsOf(rows, { transactions, statements, waits }),
    };
  }

  async #counted(options: QueryOptions): Promise<Counted> {
    const ownReads = this.#readCount;
    const rows = await this.#list('counters', null, countersSql, counterRow, options);
    return { ...Object.fromEntries(valueOr(rows, [])), ownReads };
  }

  async #readMaxConnections(options: QueryOptions): Promise<number | null> {
    if (this.#maxConnections !== null) return this.#maxConnections;
    this.#readCount += 1;
    const { maxConnections } = await askCatalogue(this.#connection, questions, options);
    this.#maxConnections = maxConnections;
    return maxConnections;
  }

  measureSize(options: QueryOptions): Promise<Figure> {
    return this.#parts.read('size', null, options, async () => {
      const rows = await this.#ask(sizeSql, z.tuple([numberCell]), options);
      return rows[0]?.[0] ?? 0;
    });
  }

  /** The newer list knows nobody where the server is without its Performance Schema. */
  async #sessions(options: QueryOptions): Promise<SessionRow[]> {
    try {
      const rows = await this.#ask(this.#sessionsSql, sessionRow, options);
      if (rows.length > 0 || this.#sessionsSql === olderSessionsSql) return rows;
    } catch (error) {
      if (!isRefusal(error) || this.#sessionsSql === olderSessionsSql) throw error;
    }
    this.#sessionsSql = olderSessionsSql;
    return this.#sessions(options);
  }

  #list<Row>(
    name: string,
    right: string | null,
    text: string,
    row: z.ZodType<Row>,
    options: QueryOptions,
  ): Promise<Part<Row[]>> {
    return this.#parts.read(name, right, options, () => this.#ask(text, row, options));
  }

  #ask<Row>(text: string, row: z.ZodType<Row>, options: QueryOptions): Promise<Row[]> {
    this.#readCount += 1;
    return askRows(this.#connection, { text }, row, options);
  }

  /** Asked for only while somebody may wait, because the server stops its locking while it lists its locks. */
  async #lockWaits(sessions: readonly SampledSession[], options: QueryOptions): Promise<Part<LockWait[]>> {
    const running = sessions.filter(
      ({ state, isAsking }) => !isAsking && (state === 'active' || state === 'waiting'),
    );
    if (running.length === 0) return { value: [] };
    const right = rights.performanceSchema;
    const rows = await this.#list('locks', right, lockWaitsSql, lockRow, options);
    if ('gap' in rows) return rows;
    const idOf = new Map(sessions.map(({ number, id }) => [number, id]));
    const value = rows.value.flatMap(({ waiting, holder, lock }) => {
      const waitingId = idOf.get(waiting ?? 0);
      return waitingId === undefined ? [] : [{ waitingId, holderId: idOf.get(holder ?? 0) ?? null, lock }];
    });
    return { value };
  }

  async #replicationLag(options: QueryOptions): Promise<Figure> {
    const lag = await this.#parts.read('replication', rights.replication, options, async () => {
      this.#readCount += 1;
      const { fields, rows } = await runCatalogueStatement(
        this.#connection,
        { text: replicationSql },
        options,
      );
      const index = fields.findIndex(({ name }) => lagFields.has(name));
      const seconds = rows.flatMap((row) => row[index] ?? []).map(Number);
      return {
        isReplica: rows.length > 0,
        lagMs: seconds.length === 0 ? null : Math.max(...seconds) * 1_000,
      };
    });
    if ('gap' in lag) return lag;
    return lag.value.isReplica ? figureOr(lag.value.lagMs, refused) : { gap: notReplicated };
  }
}

const figure = (value: number | undefined): Figure => figureOr(value ?? null, refused);

const sum = (...numbers: readonly (number | undefined)[]): number | undefined =>
  numbers.reduce((left, right) => (left === undefined || right === undefined ? undefined : left + right), 0);

const byNumber = <Row extends readonly [number, ...unknown[]]>(
  rows: readonly Row[],
): ReadonlyMap<number, Row> => new Map(rows.map((row) => [row[0], row]));

/** The locks are asked for last: that a session waits may be known from them alone. */
function withWaits(
  sessions: readonly SampledSession[],
  waits: readonly LockWait[],
): readonly SampledSession[] {
  const waiting = new Set(waits.map(({ waitingId }) => waitingId));
  return sessions.map((session) => (waiting.has(session.id) ? { ...session, state: 'waiting' } : session));
}

interface OptionalLists {
  readonly transactions: Part<unknown>;
  readonly statements: Part<unknown>;
  readonly waits: Part<unknown>;
}

/** Whoever may not see transactions does not have PROCESS, and sees the own sessions only. */
function gapsOf(
  rows: readonly SessionRow[],
  { transactions, statements, waits }: OptionalLists,
): ActivityGap[] {
  const isOwnOnly = 'gap' in transactions && transactions.gap.reason === 'missing-right';
  const isCut = rows.length > maxActivitySessions;
  return [
    ...(isOwnOnly ? [{ part: 'sessions', ...transactions.gap } as const] : []),
    ...(isCut ? [{ part: 'sessions', reason: 'too-many', right: null } as const] : []),
    ...('gap' in transactions ? [{ part: 'transactions', ...transactions.gap } as const] : []),
    ...('gap' in statements ? [{ part: 'statements', ...statements.gap } as const] : []),
    ...('gap' in waits ? [{ part: 'locks', ...waits.gap } as const] : []),
  ];
}
