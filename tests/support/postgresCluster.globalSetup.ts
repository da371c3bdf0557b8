import type { TestProject } from 'vitest/node';
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

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: SharedPostgres;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await PostgresCluster.start();
  project.provide('postgres', {
    host: cluster.host,
    port: cluster.port,
    user: cluster.user,
    password: cluster.password,
    database: 'postgres',
  });
  return () => cluster.dispose();
}
