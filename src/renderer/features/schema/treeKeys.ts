import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import type { RelationGroupName } from './relationForest.ts';

/**
 * Keys of the rows of the tree. No PostgreSQL name holds a NUL character, so that two different rows never share a key.
 */
export const schemaKey = (schema: string): string => `schema\0${schema}`;
export const groupKey = (schema: string, group: RelationGroupName): string => `group\0${schema}\0${group}`;
export const relationKey = ({ schema, name }: RelationRef): string => `relation\0${schema}\0${name}`;
export const noteKey = (schema: string): string => `note\0${schema}`;
