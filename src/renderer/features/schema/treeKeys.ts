import type { NodeRef } from '../../../shared/model/schemaTree.ts';

/** The schema of what belongs to none, such as an extension. */
export const noSchema = '';

/**
 * Names a node within one data source. With their qualifier, names are unique among those of a kind: a trigger may be
 * called as its table is. No server's name holds a NUL character.
 */
export const nodeKey = ({ schema, kind, name, qualifier }: NodeRef): string =>
  `node\0${schema}\0${kind}\0${name}${qualifier === undefined ? '' : `\0${qualifier}`}`;
