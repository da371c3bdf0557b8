import { z } from 'zod';
import {
  type CatalogueNode,
  maxNamesPerBatch,
  type NodeKind,
  type SchemaName,
} from '../../../../../shared/model/schemaTree.ts';
import type { NameReader } from '../../../Catalogue.ts';
import type { QueryOptions, SqlConnection } from '../../../Connection.ts';
import { runCatalogueStatement, textCell } from '../../../sql/askCatalogue.ts';
import { parseRows } from '../resultRows.ts';

const schemasQuery = 'SELECT nspname FROM pg_catalog.pg_namespace ORDER BY nspname';
const systemSchema = /^(?:pg_|information_schema$|crdb_internal$)/;

const namesQuery = `
SELECT table_schema, table_name, table_type FROM information_schema.tables ORDER BY table_schema, table_name`;
const nameRow = z.tuple([textCell, textCell, textCell]);

const kindOf = (type: string): NodeKind => (type.includes('VIEW') ? 'view' : 'table');

/** The tables and views of a server of which only `information_schema` is asked. */
export class PlainNameReader implements NameReader {
  readonly schemas: readonly SchemaName[];
  #rows: readonly z.output<typeof nameRow>[];

  private constructor(schemas: readonly SchemaName[], rows: readonly z.output<typeof nameRow>[]) {
    this.schemas = schemas;
    this.#rows = rows;
  }

  /** @throws what the queries fail with */
  static async open(connection: SqlConnection, options: QueryOptions): Promise<PlainNameReader> {
    const ask = (text: string) => runCatalogueStatement(connection, { text }, options);
    const rows = parseRows(await ask(namesQuery), nameRow);
    const schemas = parseRows(await ask(schemasQuery), z.tuple([textCell]))
      .map(([name]) => ({ name, comment: null, isSystem: systemSchema.test(name) }))
      .sort((left, right) => Number(left.isSystem) - Number(right.isSystem));
    return new PlainNameReader(schemas, rows);
  }

  async next(): Promise<readonly CatalogueNode[]> {
    const batch = this.#rows.slice(0, maxNamesPerBatch);
    this.#rows = this.#rows.slice(maxNamesPerBatch);
    return batch.map(([schema, name, type]) => ({
      // There is no identity but the name.
      id: JSON.stringify([schema, name]),
      schema,
      name,
      kind: kindOf(type),
      comment: null,
      rows: null,
      parentId: null,
    }));
  }

  async close(): Promise<void> {
    this.#rows = [];
  }
}
