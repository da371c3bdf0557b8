import { z } from 'zod';
import type { NodeRef } from '../../../../../shared/model/schemaTree.ts';
import type { QueryOptions, SqlConnection } from '../../../Connection.ts';
import { runCatalogueStatement, unlessRefused } from '../../../sql/askCatalogue.ts';
import { isObjectKind, namesOf } from '../details/describeObject.ts';
import { jsonCell, parseRows } from '../resultRows.ts';
import { objectDdl } from './objectDdl.ts';
import { relationDdl } from './relationDdl.ts';

const definitionRow = z.tuple([jsonCell(z.array(z.union([z.string(), z.array(z.string())]).nullable()))]);

/**
 * The statements that create a node and all that belongs to it, in the order in which they can be run. Null when there is
 * nothing to write, as for a type that is written in C, and when the server refuses.
 */
export async function readDefinition(
  connection: SqlConnection,
  node: NodeRef,
  options: QueryOptions,
): Promise<string | null> {
  const { kind } = node;
  const [queries, values] = isObjectKind(kind)
    ? [objectDdl(kind), namesOf(kind, node)]
    : [[relationDdl], [node.schema, node.name]];
  for (const text of queries) {
    const rows = await unlessRefused(connection, options, async () =>
      parseRows(await runCatalogueStatement(connection, { text, values }, options), definitionRow),
    );
    if (rows !== null) return scriptOf(rows[0]?.[0] ?? []);
  }
  return null;
}

/** Without the statement that creates it, the others are of no use. */
function scriptOf([create = null, ...others]: z.infer<typeof definitionRow>[0]): string | null {
  if (typeof create !== 'string') return null;
  const rest = others.flatMap((lines) => lines ?? []);
  const separated = rest.map((statement) => `${statement.includes('\n') ? '\n' : ''}${statement};`);
  return [`${create};`, ...(rest.length > 0 ? ['', ...separated] : [])].join('\n');
}
