import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { Connection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import type { Connector } from '../../src/main/connectors/Connector.ts';
import type { EngineSettings } from '../../src/shared/engines/settings.ts';
import type { CatalogueNode, NodeKind } from '../../src/shared/model/schemaTree.ts';
import { failureOf } from '../support/failureOf.ts';
import { readRelation } from '../support/readRelation.ts';
import { openConnection } from './openSession.ts';

/** A real server of any engine, with one relation that is the same everywhere: whether it speaks SQL does not matter. */
export interface RelationServer {
  readonly engine: EngineSettings;
  /** The secret that it asks for, whatever it calls it. */
  readonly password: string;
  readonly relation: { readonly schema: string; readonly name: string; readonly kind: NodeKind };
  /** In order. The first one counts from 1, row by row, in the order of the relation. */
  readonly columns: readonly string[];
  readonly rowCount: number;
  readonly wrong: { readonly host: EngineSettings; readonly port: EngineSettings };
  prepare(): Promise<void>;
  cleanUp(): Promise<void>;
}

const quiet = { signal: neverAborted };

/** What holds for the relations of every engine. */
export function relationsConform(server: () => RelationServer): void {
  let connector: Connector;
  let connection: Connection;

  beforeAll(async () => {
    await server().prepare();
    connector = new ConnectionFactory(systemClock).connectorFor(server().engine.kind);
    connection = await openConnection(server());
  });

  afterEach(() => expect([connection.isUsable, connection.isBusy]).toEqual([true, false]));

  afterAll(async () => {
    await connection.close();
    await server().cleanUp();
  });

  const rows = (limit: number, signal = neverAborted) =>
    readRelation(connector.rows, connection, server().relation, limit, { signal });

  describe('the names', () => {
    it('hold the relation once, of a kind that is announced', async () => {
      const reader = await connector.catalogue.readNames(connection, quiet);
      const nodes: CatalogueNode[] = [];
      for (let batch = await reader.next(quiet); batch.length > 0; batch = await reader.next(quiet)) {
        nodes.push(...batch);
      }
      await reader.close();
      const { schema, name, kind } = server().relation;
      const found = nodes.filter((node) => node.schema === schema && node.name === name);
      expect(found.map((node) => node.kind)).toEqual([kind]);
      expect(reader.schemas.map((one) => one.name)).toContain(schema);
      expect(connector.catalogue.kinds.map((one) => one.kind)).toContain(kind);
    });

    it('are described with their columns, and not where there is no such relation', async () => {
      const { columns } = await connector.catalogue.describe(connection, server().relation, quiet);
      expect(columns.map(({ name }) => name)).toEqual(server().columns);
      const missing = { ...server().relation, name: 'no_such_relation' };
      const failure = await failureOf(connector.catalogue.describe(connection, missing, quiet));
      expect(failure.code).toBe('NOT_FOUND');
    });
  });

  describe('the rows', () => {
    it('come once each, in order, to the last one', async () => {
      const { columns, rowCount } = server();
      const stream = await rows(rowCount + 1);
      expect(stream.columns.map(({ name }) => name)).toEqual(columns);
      const first: (string | null | undefined)[] = [];
      for (let batch = await stream.next(700); batch.length > 0; batch = await stream.next(700)) {
        expect(batch.length).toBeLessThanOrEqual(700);
        first.push(...batch.map(([cell]) => cell));
      }
      await stream.close();
      expect(first).toEqual(Array.from({ length: rowCount }, (_, index) => String(index + 1)));
    });

    it('end where the reader wants no more, and the connection can be used again', async () => {
      const stream = await rows(server().rowCount);
      expect(await stream.next(3)).toHaveLength(3);
      await stream.close();
      await stream.close();
      const next = await rows(2);
      expect(await next.next(10)).toHaveLength(2);
      await next.close();
    });

    it('end with a cancel, and the connection can be used again', async () => {
      const abort = new AbortController();
      const stream = await rows(server().rowCount, abort.signal);
      await stream.next(1);
      abort.abort();
      await stream.close();
      const next = await rows(1);
      expect(await next.next(10)).toHaveLength(1);
      await next.close();
    });

    it('of a relation that does not exist are not found, or refused by the server itself', async () => {
      const missing = { ...server().relation, name: 'no_such_relation' };
      const failure = await failureOf(connector.rows.find(connection, missing, quiet));
      expect(['NOT_FOUND', 'QUERY_FAILED']).toContain(failure.code);
    });
  });

  describe('a server that is not there', () => {
    it.each(['host', 'port'] as const)('is told by its %s', async (part) => {
      const failure = await failureOf(openConnection(server(), { engine: server().wrong[part] }));
      expect(failure.code).toBe(part === 'host' ? 'HOST_NOT_FOUND' : 'CONNECTION_REFUSED');
      expect(failure.fixes.length).toBeGreaterThan(0);
    });
  });
}
