import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { NodeGroupName } from './nodeForest.ts';

/** Keys of the rows of the tree. No server's name holds a NUL character, so that two different rows never share a key. */
export const schemaKey = (schema: string): string => `schema\0${schema}`;
export const groupKey = (schema: string, group: NodeGroupName): string => `group\0${schema}\0${group}`;
/** Names are unique among those of a kind: a trigger may be called as its table is. */
export const nodeKey = ({ schema, kind, name }: NodeRef): string => `node\0${schema}\0${kind}\0${name}`;
export const noteKey = (schema: string): string => `note\0${schema}`;
