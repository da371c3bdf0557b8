import pg from 'pg';
import { PostgresCluster } from '../postgresCluster.ts';
import { Administrator, type Backend } from './Administrator.ts';
import type { FaultEngine, FaultServer, FaultWords, OwnServer, OwnServerOptions } from './FaultEngine.ts';
import { until } from './until.ts';

/** Where a server is and who is its superuser: a `PostgresCluster`, or the server that all integration tests share. */
export interface PostgresAccess {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

const lockKey = (lock: string): string => `hashtext('${lock}')`;

const words: FaultWords = {
  sessionId: 'select pg_backend_pid()',
  faulty: 'select 1 / 0',
  sleep: (seconds) => `select pg_sleep(${seconds})`,
  insertMark: (table, mark, seconds) =>
    `insert into ${table} select '${mark}'${seconds === 0 ? '' : ` from (select pg_sleep(${seconds})) as pause`}`,
  createLargeView: (name, rowCount) =>
    `create view ${name} as select at, repeat('x', 10000) as text from generate_series(1, ${rowCount}) as at`,
  takeLock: (lock) => `select pg_advisory_lock(${lockKey(lock)})`,
  insertUnderLock: (table, mark, lock) =>
    `insert into ${table} select '${mark}' from (select pg_advisory_lock(${lockKey(lock)})) as locked`,
  largeAnswer: (rowCount) =>
    `select at || ' ' || repeat('x', 1000) from generate_series(1, ${rowCount}) as at`,
  impatientWithLocks: `set lock_timeout = '100ms'`,
  cancelStatement: (sessionId) => `select pg_cancel_backend(${sessionId})`,
  accounts: {
    create: (user, password) => `create role ${user} login password '${password}'`,
    setPassword: (user, password) => `alter role ${user} password '${password}'`,
    limitSessions: (user, count) => `alter role ${user} connection limit ${count}`,
    expirePassword: (user) => `alter role ${user} valid until '2020-01-01'`,
    renewPassword: (user, password) => `alter role ${user} password '${password}' valid until 'infinity'`,
    lock: (user) => `alter role ${user} nologin`,
    unlock: (user) => `alter role ${user} login`,
    grantInsert: (table, user) => `grant insert on ${table} to ${user}`,
  },
};

export class PostgresAdministrator extends Administrator {
  protected readonly words = words;
  protected readonly schema = 'public';
  readonly #server: PostgresAccess;

  constructor(server: PostgresAccess) {
    super();
    this.#server = server;
  }

  async query(sql: string, values: readonly (string | number)[] = []): Promise<Record<string, unknown>[]> {
    return this.#ask(sql, [...values]);
  }

  async backends(applicationName: string): Promise<Backend[]> {
    const rows = await this.#ask(
      `select pid, state, query from pg_stat_activity where application_name = $1 order by backend_start, pid`,
      [applicationName],
    );
    return rows as unknown as Backend[];
  }

  async terminate(pids: readonly number[]): Promise<void> {
    await this.#ask('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [[...pids]]);
  }

  protected async createMarksTable(table: string): Promise<void> {
    await this.query(`create table ${table} (mark text not null)`);
  }

  async #ask(sql: string, values: unknown[]): Promise<Record<string, unknown>[]> {
    const { host, port, user, password } = this.#server;
    const client = new pg.Client({ host, port, user, password, database: 'postgres', ssl: false });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(sql, values)).rows;
    } finally {
      await client.end();
    }
  }
}

export const postgresEngine: FaultEngine = {
  name: 'PostgreSQL',
  settings: {
    kind: 'postgres',
    config: {
      host: 'localhost',
      port: 5432,
      database: 'postgres',
      user: 'postgres',
      tls: { mode: 'disable', caPem: null },
    },
  },
  words,
  codes: {
    sessionEnded: '57P01',
    wrongPassword: '28P01',
    statementTimeout: '57014',
    statementCancelled: '57014',
    lockTimeout: '55P03',
    userLimit: '53300',
  },
  hasProcessPerSession: true,
  start: startOwnServer,
};

export function postgresServer(access: PostgresAccess): FaultServer {
  const { host, port, password } = access;
  return { engine: postgresEngine, host, port, password, administrator: new PostgresAdministrator(access) };
}

async function startOwnServer({ tls, settings, sql }: OwnServerOptions = {}): Promise<OwnServer> {
  const cluster = await PostgresCluster.start({
    settings: settings?.PostgreSQL ?? {},
    ...(tls === undefined ? {} : { tls }),
    sql: sql?.(words) ?? [],
  });
  return {
    ...postgresServer(cluster),
    get isRunning() {
      return cluster.isRunning;
    },
    startServer: () => cluster.startServer(),
    stop: () => cluster.stop(),
    crash: () => cluster.stop('immediate'),
    pause: () => cluster.signal('SIGSTOP'),
    resume: () => cluster.signal('SIGCONT'),
    hang: (sessionId) => process.kill(sessionId, 'SIGSTOP'),
    wake: (sessionId) => process.kill(sessionId, 'SIGCONT'),
    replaceTls: async (next) => {
      const reloads = () => cluster.log.split('received SIGHUP').length;
      const before = reloads();
      await cluster.replaceTls(next);
      await cluster.signal('SIGHUP');
      await until(() => {
        if (reloads() === before) throw new Error('The server has not read its certificate again');
      });
    },
    refusedLogIns: (user) =>
      cluster.log.split(`password authentication failed for user "${user}"`).length - 1,
    dispose: () => cluster.dispose(),
  };
}
