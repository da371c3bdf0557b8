/** The statements that ask what the sessions of a server do, and the ones that end them. */
import { maxActivitySessions, maxActivityTextLength } from '../../../../shared/model/serverActivity.ts';

/** Whoever has it sees what the sessions of all users do; `pg_monitor` includes it. */
export const monitorRole = 'pg_monitor';
export const seesAllSql = "pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')";

const micros = (moment: string): string =>
  `pg_catalog.floor(pg_catalog.date_part('epoch', ${moment}) * 1000000)::pg_catalog.int8`;
const age = (moment: string): string =>
  `pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - ${moment}) * 1000`;

/** Numbers of processes are used again; together with the beginning of the session they are not. */
const sessionId = `a.pid || '.' || coalesce((${micros('a.backend_start')})::pg_catalog.text, '')`;
const statementId = `(${micros('a.query_start')})::pg_catalog.text`;

/** What the server runs for itself as long as it lives, and nobody can end or wait for. */
const fixtures = [
  ...['archiver', 'autovacuum launcher', 'background writer', 'checkpointer', 'io worker', 'startup'],
  ...[
    'logger',
    'logical replication launcher',
    'slotsync worker',
    'walreceiver',
    'walsummarizer',
    'walwriter',
  ],
];

/**
 * Active sessions first, so that they are among those that are read. The server says about itself the same for all rows
 * of `of_all`.
 */
export const sessionsSql = `
  SELECT ${sessionId}, a.pid, a.pid = pg_catalog.pg_backend_pid(), a.backend_type, a.usename, a.datname,
    coalesce(pg_catalog.host(a.client_addr), CASE WHEN a.client_port = -1 THEN '[local]' END),
    nullif(a.application_name, ''), a.state, a.wait_event_type, a.wait_event,
    ${age('a.backend_start')}, ${age('a.xact_start')}, ${age('a.query_start')}, ${age('a.state_change')},
    ${statementId}, pg_catalog.left(a.query, ${maxActivityTextLength}),
    pg_catalog.octet_length(a.query) >= of_all.text_limit - 4 OR pg_catalog.length(a.query) > ${maxActivityTextLength},
    of_all.sees_all OR coalesce(pg_catalog.pg_has_role(a.usesysid, 'USAGE'), false)
  FROM pg_catalog.pg_stat_activity AS a, (
    SELECT ${seesAllSql} AS sees_all,
      pg_catalog.pg_size_bytes(pg_catalog.current_setting('track_activity_query_size')) AS text_limit
  ) AS of_all
  WHERE a.backend_type IS NULL OR a.backend_type NOT IN (${fixtures.map((name) => `'${name}'`).join(', ')})
  ORDER BY a.state = 'idle', a.pid
  LIMIT ${maxActivitySessions + 1}`;

/**
 * Who waits for whom. A lock on a row is seen as one on the transaction that changed it; which table it is in, the lock
 * on the row's place says, which the first who waits for it holds.
 */
export const lockWaitsSql = `
  WITH locks AS MATERIALIZED (
    SELECT l.pid, l.locktype, l.mode, l.granted, l.relation,
      l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = pg_catalog.current_database())
        AS is_here
    FROM pg_catalog.pg_locks AS l
  ), waiting AS (
    SELECT DISTINCT ON (l.pid) l.pid, l.locktype, l.mode, CASE WHEN l.is_here THEN l.relation END AS relation
    FROM locks AS l WHERE NOT l.granted
  )
  SELECT w.pid, b.pid, w.locktype, w.mode, coalesce(w.relation, (
    SELECT t.relation FROM locks AS t
    WHERE t.pid = w.pid AND t.granted AND t.locktype = 'tuple' AND t.is_here LIMIT 1
  ))::pg_catalog.regclass::pg_catalog.text
  FROM waiting AS w,
    LATERAL (SELECT DISTINCT pid FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(w.pid)) AS blocking (pid)) AS b
  LIMIT 2000`;

/** $1: process, $2: session, $3: statement, null: whichever runs. */
export const cancelSql = `
  SELECT CASE
    WHEN a.state IN ('idle', 'idle in transaction', 'idle in transaction (aborted)')
      OR ($3::pg_catalog.text IS NOT NULL AND ${statementId} <> $3::pg_catalog.text) THEN 'over'
    WHEN pg_catalog.pg_cancel_backend(a.pid) THEN 'sent'
    ELSE 'gone' END
  FROM pg_catalog.pg_stat_activity AS a
  WHERE a.pid = $1::pg_catalog.int4 AND ${sessionId} = $2::pg_catalog.text`;

/** $1: process, $2: session. */
export const terminateSql = `
  SELECT CASE WHEN pg_catalog.pg_terminate_backend(a.pid) THEN 'sent' ELSE 'gone' END
  FROM pg_catalog.pg_stat_activity AS a
  WHERE a.pid = $1::pg_catalog.int4 AND ${sessionId} = $2::pg_catalog.text`;
