/** The statements that ask what the sessions of a server do. */
import { maxActivitySessions, maxActivityTextLength } from '../../../../shared/model/serverActivity.ts';
import { perProduct } from '../catalogue/catalogueSql.ts';

/** See the sessions and transactions of all users; see locks; see where replication stands. */
export const rights = {
  process: 'PROCESS',
  performanceSchema: 'SELECT ON performance_schema.*',
  replication: 'REPLICATION CLIENT (MariaDB: REPLICA MONITOR)',
} as const;

const sessionsOf = (mysqlTable: string): string => `
  SELECT p.ID, p.ID = CONNECTION_ID(), p.USER, p.HOST, p.DB, p.COMMAND,
    ${perProduct({ mysql: 'p.TIME * 1000', mariadb: 'p.TIME_MS' })}, NULLIF(p.STATE, ''),
    LEFT(p.INFO, ${maxActivityTextLength}), CHAR_LENGTH(p.INFO) > ${maxActivityTextLength},
    ${perProduct({ mysql: 'NULL', mariadb: 'p.QUERY_ID' })}
  FROM ${perProduct({ mysql: mysqlTable, mariadb: 'information_schema.PROCESSLIST' })} p
  WHERE p.COMMAND <> 'Daemon'
  ORDER BY p.COMMAND = 'Sleep', p.ID
  LIMIT ${maxActivitySessions + 1}`;

/** Without PROCESS, of the account's own sessions alone. */
export const sessionsSql = sessionsOf('performance_schema.processlist');
/** For MySQL before 8.0.22, or without its Performance Schema; later ones complain about it in their log. */
export const olderSessionsSql = sessionsOf('information_schema.PROCESSLIST');

/** MySQL's clock of a running statement, its number, and what the clients say they are. Empty in MariaDB by default. */
export const statementsSql = `
  SELECT t.PROCESSLIST_ID, e.EVENT_ID, e.TIMER_WAIT / 1000000000, a.ATTR_VALUE
  FROM performance_schema.threads t
  LEFT JOIN performance_schema.events_statements_current e
    ON e.THREAD_ID = t.THREAD_ID AND e.END_EVENT_ID IS NULL AND e.NESTING_EVENT_LEVEL = 0
  LEFT JOIN performance_schema.session_connect_attrs a
    ON a.PROCESSLIST_ID = t.PROCESSLIST_ID AND a.ATTR_NAME = 'program_name'
  WHERE t.PROCESSLIST_ID IS NOT NULL`;

/** The beginning of a transaction is told in the time of the server's system, whatever zone the session has. */
export const transactionsSql = `
  SELECT t.trx_mysql_thread_id,
    TIMESTAMPDIFF(SECOND, t.trx_started, CONVERT_TZ(UTC_TIMESTAMP(), '+00:00', 'SYSTEM')) * 1000,
    t.trx_state = 'LOCK WAIT'
  FROM information_schema.INNODB_TRX t
  WHERE t.trx_mysql_thread_id > 0`;

const mysqlLocks = `
  SELECT w.PROCESSLIST_ID, h.PROCESSLIST_ID, l.LOCK_TYPE, CONCAT_WS('.', l.OBJECT_SCHEMA, l.OBJECT_NAME), l.LOCK_MODE
  FROM performance_schema.data_lock_waits x
  JOIN performance_schema.data_locks l
    ON l.ENGINE_LOCK_ID = x.REQUESTING_ENGINE_LOCK_ID AND l.ENGINE = x.ENGINE
  JOIN performance_schema.threads w ON w.THREAD_ID = x.REQUESTING_THREAD_ID
  LEFT JOIN performance_schema.threads h ON h.THREAD_ID = x.BLOCKING_THREAD_ID
  UNION
  SELECT w.PROCESSLIST_ID, h.PROCESSLIST_ID, 'METADATA', CONCAT_WS('.', p.OBJECT_SCHEMA, p.OBJECT_NAME), p.LOCK_TYPE
  FROM performance_schema.metadata_locks p
  JOIN performance_schema.metadata_locks g ON g.OBJECT_TYPE = p.OBJECT_TYPE AND g.OBJECT_SCHEMA <=> p.OBJECT_SCHEMA
    AND g.OBJECT_NAME <=> p.OBJECT_NAME AND g.LOCK_STATUS = 'GRANTED' AND g.OWNER_THREAD_ID <> p.OWNER_THREAD_ID
  JOIN performance_schema.threads w ON w.THREAD_ID = p.OWNER_THREAD_ID
  JOIN performance_schema.threads h ON h.THREAD_ID = g.OWNER_THREAD_ID
  WHERE p.LOCK_STATUS = 'PENDING'
  LIMIT 2000`;

/** MariaDB names the table in backticks, and does not tell who holds the lock on a definition. */
const mariadbLocks = `
  SELECT r.trx_mysql_thread_id, h.trx_mysql_thread_id, l.lock_type,
    REPLACE(REPLACE(l.lock_table, '\`.\`', '.'), '\`', ''), l.lock_mode
  FROM information_schema.INNODB_LOCK_WAITS x
  JOIN information_schema.INNODB_TRX r ON r.trx_id = x.requesting_trx_id
  JOIN information_schema.INNODB_TRX h ON h.trx_id = x.blocking_trx_id
  JOIN information_schema.INNODB_LOCKS l ON l.lock_id = x.requested_lock_id
  LIMIT 2000`;

export const lockWaitsSql = perProduct({ mysql: mysqlLocks, mariadb: mariadbLocks });

/** A source that is read from an own replica has several rows where it has several channels. */
export const replicationSql = 'SHOW REPLICA STATUS';

/** MySQL has those of its statements (`Com_…`) in no table. */
export const countersSql = `SHOW GLOBAL STATUS WHERE Variable_name IN ('Threads_connected', 'Questions', 'Com_commit',
  'Com_rollback', 'Innodb_buffer_pool_read_requests', 'Innodb_buffer_pool_reads')`;
export const maxConnectionsSql = '@@global.max_connections';

/** Of the session's database; without one, of all of them. */
export const sizeSql = `
  SELECT CAST(COALESCE(SUM(DATA_LENGTH + INDEX_LENGTH), 0) AS UNSIGNED) FROM information_schema.TABLES
  WHERE TABLE_SCHEMA = COALESCE(DATABASE(), TABLE_SCHEMA)`;
