import type { TestProject } from 'vitest/node';
import { MysqlCluster } from './mysql/MysqlCluster.ts';
import { PostgresCluster } from './postgresCluster.ts';

/** The server that all integration tests share; those that break servers start their own `PostgresCluster`. */
export interface SharedPostgres {
  readonly host: string;
  readonly port: number;
  /** Superuser. */
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The MariaDB server that all integration tests share; those that break servers start their own `MysqlCluster`. */
export interface SharedMariadb {
  readonly host: string;
  readonly port: number;
  readonly socketPath: string;
  /** May do everything, from anywhere. */
  readonly user: string;
  readonly password: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: SharedPostgres;
    mariadb: SharedMariadb;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // The performance schema has the names of the applications behind the sessions.
  const mariadb = MysqlCluster.start({ settings: { 'performance-schema': 'ON' } });
  const starting = [PostgresCluster.start(), mariadb] as const;
  const disposeAll = async () => {
    const started = await Promise.allSettled(starting);
    await Promise.all(started.map((one) => (one.status === 'fulfilled' ? one.value.dispose() : null)));
  };
  try {
    const [postgres, mariadb] = await Promise.all(starting);
    project.provide('postgres', {
      host: postgres.host,
      port: postgres.port,
      user: postgres.user,
      password: postgres.password,
      database: 'postgres',
    });
    project.provide('mariadb', {
      host: mariadb.host,
      port: mariadb.port,
      socketPath: mariadb.socketPath,
      user: mariadb.user,
      password: mariadb.password,
    });
  } catch (error) {
    await disposeAll();
    throw error;
  }
  return disposeAll;
}
