import { neverAborted } from '../../../../src/main/base/abort.ts';
import type { SqlConnection, Statement } from '../../../../src/main/connectors/Connection.ts';
import { MysqlCatalogue } from '../../../../src/main/connectors/mysql/catalogue/MysqlCatalogue.ts';
import { MysqlRowReader } from '../../../../src/main/connectors/mysql/catalogue/MysqlRowReader.ts';
import type { RowStream } from '../../../../src/main/connectors/RowStream.ts';
import {
  type CatalogueNode,
  type NodeDetail,
  type NodeRef,
  nameBatchSchema,
  nodeDetailSchema,
  type RelationRef,
  type SchemaName,
} from '../../../../src/shared/model/schemaTree.ts';
import type { MysqlCluster } from '../../../support/mysql/MysqlCluster.ts';
import { readRelation } from '../../../support/readRelation.ts';
import { rowsOf } from '../../../support/streamRows.ts';
import { openSession } from './sessionUnderTest.ts';

export const catalogue = new MysqlCatalogue();
const rowReader = new MysqlRowReader();
export const quiet = { signal: neverAborted };

export interface CatalogueSessionOptions {
  /** Default: `root`, with the password of the cluster. */
  readonly account?: { readonly user: string; readonly password: string };
  readonly database?: string;
  readonly readOnly?: boolean;
}

/** A session over the local socket, where no account needs TLS. */
export function openCatalogueSession(
  cluster: MysqlCluster,
  { account = cluster, database, readOnly = false }: CatalogueSessionOptions = {},
): Promise<SqlConnection> {
  const { socketPath } = cluster;
  const { user, password } = account;
  return openSession(cluster, {
    config: { socketPath, user, database: database ?? null },
    password,
    readOnly,
  });
}

export interface AllNames {
  readonly schemas: readonly SchemaName[];
  readonly nodes: readonly CatalogueNode[];
}

/** The whole tree, each batch checked against the contract. */
export async function readAllNames(connection: SqlConnection): Promise<AllNames> {
  const reader = await catalogue.readNames(connection, quiet);
  const nodes: CatalogueNode[] = [];
  for (;;) {
    const batch = await reader.next(quiet);
    if (batch.length === 0) break;
    nodes.push(...nameBatchSchema.parse({ begin: null, nodes: batch }).nodes);
  }
  await reader.close();
  return { schemas: reader.schemas, nodes };
}

/** Everything about a node, checked against the contract. */
export async function describeNode(connection: SqlConnection, node: NodeRef): Promise<NodeDetail> {
  return nodeDetailSchema.parse(await catalogue.describe(connection, node, quiet));
}

export interface ReadRows {
  readonly columns: RowStream['columns'];
  readonly rows: readonly (readonly (string | null)[])[];
}

export async function readAllRows(
  connection: SqlConnection,
  relation: RelationRef,
  limit = 1_000,
): Promise<ReadRows> {
  const stream = await readRelation(rowReader, connection, relation, limit, quiet);
  try {
    return { columns: stream.columns, rows: await rowsOf(stream) };
  } finally {
    await stream.close();
  }
}

/** The same connection, which notes what it is asked. */
export function noting(connection: SqlConnection, statements: string[]): SqlConnection {
  const note = ({ text }: Statement) => statements.push(text);
  return new Proxy(connection, {
    get(target, key) {
      if (key === 'query' || key === 'run') {
        return (statement: Statement, options: Parameters<SqlConnection['query']>[1]) => {
          note(statement);
          return target[key](statement, options);
        };
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
