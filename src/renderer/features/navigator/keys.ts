import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { nodeKey } from '../schema/index.ts';
import type { NodeGroupName } from './nodeForest.ts';

/** Keys of the rows. No server's name holds a NUL character, so that two different rows never share a key. */
export const favouritesKey = 'favourites';
export const damagedHeadingKey = 'unreadable';
export const folderKey = (id: string): string => `folder\0${id}`;
export const sourceKey = (id: DataSourceId): string => `source\0${id}`;
export const damagedKey = (id: string): string => `damaged\0${id}`;
export const schemaKey = (id: DataSourceId, schema: string): string => `${id}\0schema\0${schema}`;
export const groupKey = (id: DataSourceId, schema: string, group: NodeGroupName): string =>
  `${id}\0group\0${schema}\0${group}`;
export const nodeRowKey = (id: DataSourceId, node: NodeRef): string => `${id}\0${nodeKey(node)}`;
/** Of a node that the filter has found: its schema may be open beside it. */
export const foundKey = (id: DataSourceId, node: NodeRef): string => `${id}\0found\0${nodeKey(node)}`;
export const databasesKey = (id: DataSourceId): string => `databases\0${id}`;
/** Of the favourites of a data source, and of one of them: it stands in its schema as well. */
export const favouriteObjectsKey = (id: DataSourceId): string => `${id}\0favourites`;
export const favouriteKey = (id: DataSourceId, node: NodeRef): string => `${id}\0favourite\0${nodeKey(node)}`;
/** The keys at which somebody goes on without the filter, the best first: the same thing, or its data source. */
export function keysWithoutFilter(key: string): readonly string[] {
  const [id = ''] = key.split('\0', 1);
  return [key.replace('\0found\0', '\0'), sourceKey(id)];
}
/** @param schema empty for a note about the data source as a whole */
export const noteKey = (id: DataSourceId, schema: string): string => `${id}\0note\0${schema}`;
