import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { WriteMode } from '../../../shared/model/pipelines.ts';
import type { ValueKind } from '../../../shared/model/results.ts';
import type { Position } from '../copy/position.ts';
import {
  endlessCursor,
  goneColumn,
  incrementalReplaces,
  lookbackNeedsKey,
  unfitCursor,
} from './readingErrors.ts';
import { isGrowing } from './sourceColumns.ts';

/** What is kept of a cursor between two runs. */
export type SavedCursor = Pick<Position, 'cursor' | 'atCursor'>;

export const savedCursor = (position: Position | null): SavedCursor => ({
  cursor: position?.cursor ?? null,
  atCursor: position?.atCursor ?? [],
});

/** A column that only grows, and how rows are told apart that have the same value in it. */
export interface CursorColumn {
  readonly name: string;
  readonly index: number;
  readonly kind: ValueKind;
  readonly lookback: number;
  /** The rows with the largest value are remembered, and left out by the next run. */
  readonly remembers: boolean;
  /** A row that is copied again would be there twice. */
  readonly isBinding: boolean;
  /** Columns that tell rows apart; null: all of them. */
  readonly identity: readonly number[] | null;
  readonly columnCount: number;
}

/** Of the first reading by a cursor. */
export const nullsLeftOut = ({ name }: CursorColumn): string =>
  `Rows without a value in “${name}” are not copied: only a full reading brings them.`;

/** How the rows of a run come into the destination; files are appended to. */
export type ArrivalMode = WriteMode;

/**
 * @param key positions of the columns that tell rows apart; empty when none are known
 * @throws PIPELINE_DRIFTED when the column is not there, PIPELINE_INVALID when it cannot be a cursor, or the mode does not
 *   go with one
 */
export function cursorColumn(
  { cursor: name, lookback }: { readonly cursor: string; readonly lookback: number },
  mode: ArrivalMode,
  columns: readonly SourceColumn[],
  key: readonly number[],
): CursorColumn {
  if (mode === 'overwrite' || mode === 'mirror') throw incrementalReplaces();
  if (mode === 'append' && lookback > 0) throw lookbackNeedsKey();
  const index = columns.findIndex((column) => column.name === name);
  const column = columns[index];
  if (column === undefined) throw goneColumn(name, 'The incremental reading');
  const kind = kindOf(column);
  return {
    ...{ name, index, kind, lookback, columnCount: columns.length },
    // A look-back reads the rows with the largest value again in any case.
    remembers: lookback === 0,
    isBinding: mode === 'append',
    // By key, a row counts as new that has changed without its cursor.
    identity: mode === 'append' && key.length > 0 ? key : null,
  };
}

function kindOf(column: SourceColumn): ValueKind {
  const { type } = column.type;
  if (
    isGrowing(column) &&
    (type === 'integer' || type === 'decimal' || type === 'date' || type === 'timestamp')
  ) {
    return type;
  }
  throw unfitCursor(column.name, column.declared);
}

const endless = /^[+-]?(?:infinity|inf|nan)$/i;

/** @throws PIPELINE_INVALID for a value behind which nothing comes */
export function requireFinite(name: string, text: string): void {
  if (endless.test(text)) throw endlessCursor(name, text);
}
