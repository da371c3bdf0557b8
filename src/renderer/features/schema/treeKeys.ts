import type { NodeRef } from '../../../shared/model/schemaTree.ts';

/**
 * Names a node within one data source. Names are unique among those of a kind: a trigger may be called as its table is.
 * No server's name holds a NUL character.
 */
export const nodeKey = ({ schema, kind, name }: NodeRef): string => `node\0${schema}\0${kind}\0${name}`;
