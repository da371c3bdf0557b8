import { monitorEventLoopDelay } from 'node:perf_hooks';
import pg from 'pg';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { PostgresConnector } from '../../src/main/connectors/postgres/PostgresConnector.ts';
import { ConnectionTester } from '../../src/main/dataSources/connecting/ConnectionTester.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { nameBatchSchema } from '../../src/shared/model/schemaTree.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';
import { someTarget } from '../support/someTarget.ts';
import { BareClient, type SaltedKey } from './bareClient.ts';
import { type Figure, median, timed } from './figures.ts';

const schemaCount = 20;
const tablesPerSchema = 500;
const viewsPerSchema = 100;
/** Tables created by one statement: each holds a lock until it ends. */
const tablesPerStatement = 100;
const namesRounds = 15;
const testRounds = 60;
/** Not counted: code is not compiled yet, caches are cold. */
const warmUpRounds = 5;

const quiet = { signal: neverAborted };

/** What a connection to a database with a catalogue of some size costs, and reading it. */
export async function measureCatalogue(cluster: PostgresCluster): Promise<Figure[]> {
  await createSmall(cluster);
  await createLarge(cluster);
  return [await measureTest(cluster), ...(await measureNames(cluster))];
}

const table = (name: string): string =>
  `CREATE TABLE ${name} (id int8 PRIMARY KEY, c1 int4 NOT NULL DEFAULT 0, c2 varchar(40) NOT NULL,
     c3 timestamptz NOT NULL DEFAULT now(), c4 numeric(12,2), c5 bool, c6 uuid, c7 jsonb, c8 float8, c9 text)`;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

async function createSmall(cluster: PostgresCluster): Promise<void> {
  await cluster.execute('CREATE DATABASE small');
  const tables = range(100).map((index) => table(`t${index}`));
  await cluster.execute([...tables, 'ANALYZE'].join(';'), { database: 'small' });
}

async function createLarge(cluster: PostgresCluster): Promise<void> {
  await cluster.execute('CREATE DATABASE large');
  for (const schema of range(schemaCount)) {
    await cluster.execute(`CREATE SCHEMA s${schema}`, { database: 'large' });
    for (let first = 0; first < tablesPerSchema; first += tablesPerStatement) {
      const tables = range(tablesPerStatement).map((index) => table(`s${schema}.t${first + index}`));
      await cluster.execute(tables.join(';'), { database: 'large' });
    }
    const views = range(viewsPerSchema).flatMap((index) => [
      `CREATE VIEW s${schema}.v${index} AS SELECT id, c1, c2 FROM s${schema}.t${index} WHERE c5`,
      `COMMENT ON TABLE s${schema}.t${index} IS 'what table ${index} of schema ${schema} is for'`,
    ]);
    await cluster.execute(views.join(';'), { database: 'large' });
  }
  await cluster.execute('VACUUM ANALYZE', { database: 'large' });
}

/** Version, database, user, time zone and a hundred tables, in one simple query. */
const leanTest = `
select version(), current_setting('server_version_num')::int as num, current_database() as db, current_user as usr,
       current_setting('TimeZone') as tz, (select json_agg(t) from (
  select n.nspname, c.relname, c.relkind, c.relnatts, c.reltuples::int8 as rows, c.relpages
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r','p','f','v','m') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
   order by c.relname limit 100) t) as tables`;

/** A connection test as a person sees it, against a hand-written client that logs in and asks in one message. */
async function measureTest(cluster: PostgresCluster): Promise<Figure> {
  const { password } = cluster;
  const server = { host: cluster.host, port: cluster.port, user: cluster.user, database: 'small', password };
  const fields = fieldsFor(server);
  const target = someTarget(fields, { secret: async () => password, applicationName: 'Mooring bench' });
  const tester = new ConnectionTester({
    factory: new ConnectionFactory(systemClock),
    targets: { forDraft: async () => target, forDataSource: async () => target },
    hostKeys: { withConsent: (_signal, attempt) => attempt() },
    allowedCommands: { withConsent: (_signal, attempt) => attempt() },
    passwords: { forget: () => undefined },
    logins: { withConsent: (_id, _fields, _signal, attempt) => attempt() },
    clock: systemClock,
    logger: silentLogger,
  });
  const draft = { id: null, fields, secrets: {} };
  const known: { current: SaltedKey | null } = { current: null };
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = -warmUpRounds; round < testRounds; round += 1) {
    const bareMs = await timed(async () => {
      const client = await BareClient.connect(server, known);
      await client.query(leanTest);
      client.close();
    });
    const ourMs = await timed(async () => {
      const report = await tester.test(draft, neverAborted, () => undefined);
      if (report.outcome !== 'passed') throw new Error('The test of the bench failed');
    });
    if (round < 0) continue;
    bare.push(bareMs);
    ours.push(ourMs);
  }
  const ratio = median(ours) / median(bare);
  return {
    name: 'connection test, 100 tables',
    value: median(ours),
    unit: 'ms',
    against: `hand-written connect with one message ${median(bare).toFixed(2)} ms, ratio ${ratio.toFixed(2)} (promised: at most 2)`,
  };
}

const leanNames = `
select c.oid, n.nspname, c.relname, c.relkind, c.reltuples::int8
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r','p','f','v','m') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' order by 2, 3`;

/** Text as it came, so that the floor does not pay for types either. */
const untyped = { getTypeParser: () => (text: string) => text };

async function measureNames(cluster: PostgresCluster): Promise<Figure[]> {
  const { host, port, user, password } = cluster;
  const client = new pg.Client({ host, port, user, password, database: 'large', ssl: false });
  await client.connect();
  const session = await openSession(fieldsFor({ host, port, database: 'large' }), { password });
  const bare: number[] = [];
  const ours: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  for (let round = -warmUpRounds; round < namesRounds; round += 1) {
    const bareMs = await timed(() => client.query({ text: leanNames, rowMode: 'array', types: untyped }));
    if (round >= 0) delay.enable();
    const ourMs = await timed(() => readNames(session));
    delay.disable();
    if (round < 0) continue;
    bare.push(bareMs);
    ours.push(ourMs);
  }
  await client.end();
  await session.close();
  const ratio = median(ours) / median(bare);
  return [
    {
      name: 'names of 12,000 relations',
      value: median(ours),
      unit: 'ms',
      against: `one lean pg_class query ${median(bare).toFixed(1)} ms, ratio ${ratio.toFixed(2)} (promised: at most 1.5)`,
    },
    {
      name: 'longest block meanwhile',
      value: delay.max / 1e6,
      unit: 'ms',
      against: 'of the event loop of main (promised: 25 ms)',
    },
  ];
}

/** As the stream to the window does it, up to the port. */
async function readNames(session: SqlConnection): Promise<void> {
  const { catalogue } = new PostgresConnector(systemClock);
  const reader = await catalogue.readNames(session, quiet);
  let count = 0;
  for (;;) {
    const nodes = await reader.next(quiet);
    if (nodes.length === 0) break;
    count += nameBatchSchema.parse({ begin: null, nodes }).nodes.length;
  }
  await reader.close();
  if (count < schemaCount * (tablesPerSchema + viewsPerSchema)) throw new Error(`Only ${count} names came`);
}
