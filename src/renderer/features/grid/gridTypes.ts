import type { Ref } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type {
  ColumnFilter,
  FileFormat,
  ResultColumn,
  ResultId,
  SavedFile,
  SortKey,
  ViewId,
} from '../../../shared/model/results.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import type { TableLink } from '../../../shared/model/tableRows.ts';
import type { CallOptions } from '../../lib/api.ts';

/** A result as far as it has come. */
export interface GridResult {
  readonly resultId: ResultId;
  readonly columns: readonly ResultColumn[];
  readonly rowCount: number;
  /** No more rows will come. */
  readonly isComplete: boolean;
  /** The view of the result that is shown, with so many rows; absent: the result itself. */
  readonly viewId?: ViewId;
}

export interface Arrangement {
  readonly sort: readonly SortKey[];
  readonly filters: readonly ColumnFilter[];
}

/** What Mooring did by itself with the rows of a server. */
export interface DoneHere {
  /** Places in the list of filters. */
  readonly filters: readonly number[];
  readonly sort: boolean;
}

/** Order and filters that somebody else applies, with a new result as the answer. */
export interface ServerArrangement extends Arrangement {
  /** What was not done by the server but on this computer. Absent where it never is: the bar does not say it then. */
  readonly here?: DoneHere;
  readonly onChange: (arrangement: Arrangement) => void;
}

/** A foreign key of the row that the keyboard is on, with its whole values. */
export interface FollowedLink {
  readonly link: TableLink;
  /** In the order of the link's columns. */
  readonly values: readonly string[];
}

export interface SaveRequest {
  readonly format: FileFormat;
  readonly suggestedName: string;
}

/** What a bar beside the grid can ask of it. */
export interface GridActions {
  readonly find: () => void;
  readonly save: () => void;
  readonly focus: () => void;
}

export interface ResultGridProps {
  /** Read aloud as the name of the grid. */
  readonly label: string;
  /** Null: nothing to show yet. */
  readonly result: GridResult | null;
  readonly sourceId: DataSourceId | null;
  /** Whose rows these are: the name in an INSERT, and of a file. */
  readonly relation?: RelationRef;
  /** Whether its tab is in front: only then it speaks in the status bar and the inspector. */
  readonly isActive: boolean;
  /** Rows near the end of what has come are in view: there should be this many. */
  readonly onNeedRows?: (upTo: number) => void;
  /** Absent: sorted and filtered on the spool. */
  readonly server?: ServerArrangement;
  /** Foreign keys that leave from these columns. */
  readonly links?: readonly TableLink[];
  readonly onFollow?: (followed: FollowedLink) => void;
  /** Absent: saves the result as it is shown. */
  readonly saveAs?: (request: SaveRequest, options: CallOptions) => Promise<SavedFile>;
  /** What the status bar says of the rows; absent: their number. */
  readonly rowsLabel?: string;
  readonly actionsRef?: Ref<GridActions>;
}
