import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { MysqlCluster } from '../mysql/MysqlCluster.ts';
import { Administrator, type Backend } from './Administrator.ts';
import type { FaultEngine, FaultServer, FaultWords, OwnServer, OwnServerOptions } from './FaultEngine.ts';

/** Where a server is and its administrator: a `MysqlCluster`, or the server that all integration tests share. */
export interface MariadbAccess {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** Where marks are left. */
const schema = 'faults';

const words: FaultWords = {
  sessionId: 'SELECT CONNECTION_ID()',
  faulty: 'SELECT no_such_column',
  sleep: (seconds) => `SELECT SLEEP(${seconds})`,
  insertMark: (table, mark, seconds) =>
    `INSERT INTO ${table} SELECT '${mark}'${seconds === 0 ? '' : ` FROM DUAL WHERE SLEEP(${seconds}) = 0`}`,
  createLargeView: (name, rowCount) =>
    `CREATE VIEW ${name} AS SELECT seq, REPEAT('x', 10000) AS text FROM mysql.seq_1_to_${rowCount}`,
  takeLock: (lock) => `SELECT GET_LOCK('${lock}', 60)`,
  insertUnderLock: (table, mark, lock) =>
    `INSERT INTO ${table} SELECT '${mark}' FROM DUAL WHERE GET_LOCK('${lock}', 60) = 1`,
  largeAnswer: (rowCount) => `SELECT CONCAT(seq, ' ', REPEAT('x', 1000)) FROM mysql.seq_1_to_${rowCount}`,
  impatientWithLocks: 'SET SESSION innodb_lock_wait_timeout = 0',
  cancelStatement: (sessionId) => `KILL QUERY ${sessionId}`,
  accounts: {
    create: (user, password) => `CREATE USER ${user}@'%' IDENTIFIED BY '${password}'`,
    setPassword: (user, password) => `ALTER USER ${user}@'%' IDENTIFIED BY '${password}'`,
    limitSessions: (user, count) => `ALTER USER ${user}@'%' WITH MAX_USER_CONNECTIONS ${count}`,
    expirePassword: (user) => `ALTER USER ${user}@'%' PASSWORD EXPIRE`,
    renewPassword: (user, password) => `ALTER USER ${user}@'%' IDENTIFIED BY '${password}'`,
    lock: (user) => `ALTER USER ${user}@'%' ACCOUNT LOCK`,
    unlock: (user) => `ALTER USER ${user}@'%' ACCOUNT UNLOCK`,
    grantInsert: (table, user) => `GRANT INSERT ON ${table} TO ${user}@'%'`,
  },
};

/** The names of applications are in the performance schema, which a server must have been started with. */
const sessionsOf = `
  SELECT p.ID AS pid, p.COMMAND AS command, p.INFO AS query, x.trx_id AS transaction, s.VARIABLE_VALUE AS questions
  FROM performance_schema.session_connect_attrs a
  JOIN information_schema.PROCESSLIST p ON p.ID = a.PROCESSLIST_ID
  JOIN performance_schema.threads t ON t.PROCESSLIST_ID = p.ID
  LEFT JOIN performance_schema.status_by_thread s ON s.THREAD_ID = t.THREAD_ID AND s.VARIABLE_NAME = 'Questions'
  LEFT JOIN information_schema.INNODB_TRX x ON x.trx_mysql_thread_id = p.ID
  WHERE a.ATTR_NAME = 'program_name' AND a.ATTR_VALUE = ? ORDER BY p.ID`;

class MariadbAdministrator extends Administrator {
  protected readonly words = words;
  protected readonly schema = schema;
  readonly #server: MariadbAccess;

  constructor(server: MariadbAccess) {
    super();
    this.#server = server;
  }

  async query(sql: string, values: readonly (string | number)[] = []): Promise<Record<string, unknown>[]> {
    const { host, port, user, password } = this.#server;
    const connection = await createConnection({ host, port, user, password });
    try {
      const [rows] = await connection.query<RowDataPacket[]>(sql, [...values]);
      return rows;
    } finally {
      await connection.end();
    }
  }

  async backends(applicationName: string): Promise<Backend[]> {
    const rows = await this.query(sessionsOf, [applicationName]);
    return rows.map(({ pid, query, ...row }) => ({
      pid: Number(pid),
      state: stateOf(row),
      query: String(query ?? ''),
    }));
  }

  async terminate(pids: readonly number[]): Promise<void> {
    for (const pid of pids) await this.query(`KILL ${pid}`).catch(unlessGone);
  }

  protected async createMarksTable(table: string): Promise<void> {
    await this.query(`CREATE DATABASE IF NOT EXISTS ${schema}`);
    await this.query(`CREATE TABLE ${table} (mark VARCHAR(200) NOT NULL)`);
  }
}

/** Statements with which a session is set up. */
const setUpCount = 2;

/** Null: it is still being set up, or only there to cancel the statement of another one. */
function stateOf({ command, transaction, questions }: Record<string, unknown>): Backend['state'] {
  const isRunning = command !== 'Sleep';
  if (Number(questions) < (isRunning ? setUpCount + 1 : setUpCount)) return null;
  if (isRunning) return 'active';
  return transaction === null ? 'idle' : 'idle in transaction';
}

/** ER_NO_SUCH_THREAD: somebody else was quicker. */
function unlessGone(error: { errno?: number }): void {
  if (error.errno !== 1094) throw error;
}

export const mariadbEngine: FaultEngine = {
  name: 'MariaDB',
  settings: {
    kind: 'mysql',
    config: {
      host: 'localhost',
      port: 3306,
      socketPath: null,
      database: null,
      user: 'root',
      tls: { mode: 'disable', caPem: null },
      timeZone: null,
      compression: false,
    },
  },
  words,
  codes: {
    sessionEnded: null,
    wrongPassword: '1045 (28000)',
    statementTimeout: '1969 (70100)',
    statementCancelled: '1317 (70100)',
    lockTimeout: '1205 (HY000)',
    userLimit: '1226 (42000)',
  },
  hasProcessPerSession: false,
  start: startOwnServer,
};

export function mariadbServer(access: MariadbAccess): FaultServer {
  const { host, port, password } = access;
  return { engine: mariadbEngine, host, port, password, administrator: new MariadbAdministrator(access) };
}

async function startOwnServer({ tls, settings, sql }: OwnServerOptions = {}): Promise<OwnServer> {
  const cluster = await MysqlCluster.start({
    settings: { 'performance-schema': 'ON', ...settings?.MariaDB },
    ...(tls === undefined ? {} : { tls }),
    sql: sql?.(words) ?? [],
  });
  return {
    ...mariadbServer(cluster),
    get isRunning() {
      return cluster.isRunning;
    },
    startServer: () => cluster.startServer(),
    stop: () => cluster.stop(),
    crash: () => cluster.kill(),
    pause: async () => cluster.pause(),
    resume: async () => cluster.resume(),
    hang: () => cluster.pause(),
    wake: () => cluster.resume(),
    replaceTls: (next) => cluster.replaceTls(next),
    refusedLogIns: (user) => cluster.log.split(`Access denied for user '${user}'`).length - 1,
    dispose: () => cluster.dispose(),
  };
}
