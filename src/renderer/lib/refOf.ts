import type { NodeRef } from '../../shared/model/schemaTree.ts';

/** The reference alone, of what may hold more, such as a `CatalogueNode`. */
export function refOf({ schema, name, kind, qualifier }: NodeRef): NodeRef {
  return { schema, name, kind, ...(qualifier !== undefined && { qualifier }) };
}
