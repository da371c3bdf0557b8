import type { OtherDatabase } from '../../../shared/model/databases.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { CatalogueNode, NodeRef, RowCount, SchemaName } from '../../../shared/model/schemaTree.ts';
import type { Container } from './arrangement.ts';
import type { NodeGroupName } from './nodeForest.ts';

/** What stands below an open schema or data source in the place of what is not there. */
export type TreeNote = 'loading' | 'empty' | 'no-schemas' | 'cancelled' | 'failed' | 'refused';

/** What a row below a data source stands for. */
export type SchemaContent = { readonly sourceId: DataSourceId } & (
  | {
      readonly type: 'schema';
      readonly schema: SchemaName;
      /** Of what stands directly below it; null while names are coming. */
      readonly count: number | null;
    }
  | {
      readonly type: 'group';
      readonly schema: string;
      readonly group: NodeGroupName;
      readonly count: number;
    }
  | {
      readonly type: 'node';
      readonly node: CatalogueNode;
      readonly rows: RowCount | null;
      /** Found by the filter, or a favourite: it stands apart from its schema, whose name is then shown beside it. */
      readonly isFound: boolean;
    }
  | { readonly type: 'favourites'; readonly count: number }
  /** A favourite that is no longer among the names. */
  | { readonly type: 'missing'; readonly node: NodeRef }
  | { readonly type: 'note'; readonly note: TreeNote }
);

/** What a row stands for. */
export type RowContent =
  | SchemaContent
  | { readonly type: 'heading'; readonly heading: 'favourites' | 'damaged'; readonly count: number }
  | { readonly type: 'folder'; readonly folderId: string; readonly name: string; readonly count: number }
  | {
      readonly type: 'source';
      readonly sourceId: DataSourceId;
      readonly container: Container;
      /** While filtering, the folder that it is in; else null. */
      readonly folder: string | null;
    }
  /** The other databases of the server of a data source. */
  | { readonly type: 'databases'; readonly sourceId: DataSourceId; readonly count: number }
  | {
      readonly type: 'database';
      /** Names the database wherever a data source can be named. */
      readonly sourceId: DataSourceId;
      readonly database: OtherDatabase;
    }
  | { readonly type: 'damaged'; readonly damagedId: string };

/** The place of a row as WAI-ARIA wants it: level and position count from 1. */
export interface RowPlace {
  readonly key: string;
  readonly parentKey: string | null;
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  /** Null for what cannot be opened. */
  readonly isExpanded: boolean | null;
}

/** One visible row of the navigator. */
export type NavigatorRow = RowContent & RowPlace;
export type SchemaRow = SchemaContent & RowPlace;
export type RowOf<Type extends RowContent['type']> = Extract<NavigatorRow, { type: Type }>;
