import type { CatalogueNode } from '../../src/shared/model/schemaTree.ts';

/** A table as the catalogue names it, with an id of `schema.name`; override what the test is about. */
export function someNode(
  schema: string,
  name: string,
  overrides: Partial<CatalogueNode> = {},
): CatalogueNode {
  return {
    id: `${schema}.${name}`,
    schema,
    name,
    kind: 'table',
    comment: null,
    rows: null,
    parentId: null,
    ...overrides,
  };
}
