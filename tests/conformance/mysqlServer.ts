import type { EngineSettings } from '../../src/shared/engines/settings.ts';
import { someMysqlConfig } from '../support/dataSources.ts';
import { MysqlCluster } from '../support/mysql/MysqlCluster.ts';
import type { MysqlProduct } from '../support/mysql/serverPrograms.ts';
import type { ConformanceServer, ServerWords } from './ConformanceServer.ts';

const oddNames = [
  ...['we"ird', 'back`tick', 'dot.name', '100%_done', `it's \\ /`, 'select', 'ünï', '1e3', 'tab\tbed'],
  ...['Orders', 'ü'.repeat(64)],
];
const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

const countTo: Record<MysqlProduct, ServerWords['countTo']> = {
  mariadb: (count) => `SELECT seq AS n FROM seq_1_to_${count}`,
  mysql: (count) => `
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
    SELECT /*+ SET_VAR(cte_max_recursion_depth = ${count}) */ n FROM numbers`,
};

const words: Omit<ServerWords, 'countTo'> = {
  dropSchema: (name) => `DROP DATABASE IF EXISTS ${name}`,
  sleep: (seconds) => `SELECT SLEEP(${seconds})`,
  // SLEEP and BENCHMARK would end without an error.
  busy: `WITH d AS (${Array.from({ length: 10 }, (_, digit) => `SELECT ${digit}`).join(' UNION ALL ')})
    SELECT COUNT(*) FROM ${[...'abcdefghijklm'].map((name) => `d ${name}`).join(', ')}`,
  warns: `SELECT CAST('7 careful' AS SIGNED)`,
  insertNote: 'INSERT INTO conformance.notes VALUES (?, ?)',
  oddNames,
  oddTables: (schema) =>
    oddNames.map((name) => `CREATE TABLE ${schema}.${quoted(name)} (id INT PRIMARY KEY)`),
  searchable: (schema) => [
    `CREATE TABLE ${schema}.parcels (id INT PRIMARY KEY, weight_grams INT COMMENT 'as the courier says', \`Größe\` INT)
       COMMENT 'what is sent\\nby the courier''s 100%_sure \\\\ way'`,
    `CREATE INDEX by_courier ON ${schema}.parcels (weight_grams)`,
    `CREATE VIEW ${schema}.heavy AS SELECT id AS courier_no FROM ${schema}.parcels WHERE weight_grams > 1000`,
    `CREATE FUNCTION ${schema}.courier_fee(courier_base INT) RETURNS INT DETERMINISTIC
BEGIN
  RETURN courier_base + 7 -- the courier's 100%_sure \\ way
  ;
END`,
  ],
  values: [
    ['CAST(18446744073709551615 AS UNSIGNED)', '18446744073709551615'],
    ['-9223372036854775808', '-9223372036854775808'],
    [
      'CAST(-12345678901234567890123456789012345.123456789012345678901234567890 AS DECIMAL(65,30))',
      '-12345678901234567890123456789012345.123456789012345678901234567890',
    ],
    ['0.1', '0.1'],
    ['1e300', '1e300'],
    ["''", ''],
    ['NULL', null],
    ["'Grün 日本 😀'", 'Grün 日本 😀'],
    ["CAST('-838:59:59' AS TIME)", '-838:59:59'],
    ["CAST('2026-03-04 05:06:07.010' AS DATETIME(3))", '2026-03-04 05:06:07.010'],
    ['TRUE', '1'],
  ],
};

/** A MariaDB or MySQL server of its own. */
export async function startMysql(product: MysqlProduct): Promise<ConformanceServer> {
  const cluster = await MysqlCluster.start({ product, sql: ['CREATE DATABASE shop'] });
  const settings = (overrides: Partial<EngineSettings<'mysql'>['config']> = {}): EngineSettings => ({
    kind: 'mysql',
    config: someMysqlConfig({
      host: cluster.host,
      port: cluster.port,
      user: cluster.user,
      // MySQL takes a password in full over TLS only, and signs its certificate itself.
      tls: { mode: product === 'mysql' ? 'encrypt' : 'disable', caPem: null },
      ...overrides,
    }),
  });
  const run = async (sql: string) => void (await cluster.execute(sql));
  return {
    product: product === 'mysql' ? 'MySQL' : 'MariaDB',
    engine: settings(),
    password: cluster.password,
    wrong: {
      host: settings({ host: 'no-such-host.invalid' }),
      port: settings({ port: 1 }),
      user: settings({ user: 'nobody_here' }),
      database: settings({ database: 'no_such_database' }),
    },
    execute: run,
    endSession: (backendId) => run(`KILL ${backendId}`),
    pause: async () => cluster.pause(),
    resume: async () => cluster.resume(),
    dispose: () => cluster.dispose(),
    sql: { ...words, countTo: countTo[product] },
  };
}
