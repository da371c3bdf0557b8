import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { ColumnFilter, ResultColumn, SortKey } from '../../../shared/model/results.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { isAppError } from '../../base/AppError.ts';
import type { ReadableRelation } from '../../connectors/Catalogue.ts';
import type { QueryOptions } from '../../connectors/Connection.ts';
import type { Row, RowStream } from '../../connectors/RowStream.ts';
import type { SourceReading } from '../copy/ports.ts';
import type { Position } from '../copy/position.ts';
import { BatchedReading, type Batching } from './BatchedReading.ts';
import { type CursorColumn, cursorColumn, nullsLeftOut, type SavedCursor, savedCursor } from './cursors.ts';
import { columnFilters } from './filters.ts';
import { GrowingPlaces } from './GrowingPlaces.ts';
import { valueBefore } from './lookback.ts';
import { type OpenedSource, readLimitMs, type SourceOptions, sampleOf } from './OpenedSource.ts';
import { FullPlaces, type PlaceKeeper } from './places.ts';
import { sourceColumns } from './sourceColumns.ts';
import { UnorderedPlaces } from './UnorderedPlaces.ts';

/** Longest time for counting the rows; their number is worth no more. */
const countMs = 1_000;

/** A table, a view or a resource of an API. */
export class RelationSource implements OpenedSource {
  readonly columns: readonly SourceColumn[];
  readonly resultColumns: readonly ResultColumn[];
  readonly key: readonly string[];
  readonly isResumable: boolean;
  readonly leftFilters: readonly ColumnFilter[];
  readonly #options: SourceOptions;
  readonly #relation: RelationRef;
  readonly #found: ReadableRelation;
  readonly #pushed: readonly ColumnFilter[];
  readonly #cursor: CursorColumn | null;
  readonly #sort: readonly SortKey[];
  /** Whether the source itself orders rows. */
  readonly #isOrdered: boolean;
  /** The columns that say where a row stands in the order of the reading; null when none do. */
  readonly #order: readonly number[] | null;
  #stream: RowStream | null = null;

  private constructor(
    options: SourceOptions,
    relation: RelationRef,
    found: ReadableRelation,
    columns: readonly ResultColumn[],
  ) {
    const { reading, mode, connector } = options;
    const key = found.pageKey([]) ?? [];
    this.#options = options;
    this.#relation = relation;
    this.#found = found;
    this.resultColumns = columns;
    this.columns = sourceColumns(columns, key, connector.types);
    this.key = key.map((index) => columns[index]?.name ?? '');
    this.#cursor = reading.type === 'full' ? null : cursorColumn(reading, mode, this.columns, key);
    this.#sort = this.#cursor === null ? [] : [{ column: this.#cursor.index, descending: false }];
    const filters = columnFilters(options.filters, columns);
    const applied = found.applies?.({ filters, sort: this.#sort });
    this.#pushed = filters.filter((_, index) => applied?.filters[index] ?? true);
    this.leftFilters = filters.filter((filter) => !this.#pushed.includes(filter));
    this.#isOrdered = applied?.sort ?? true;
    this.#order = found.pageKey(this.#sort);
    this.isResumable = this.#order !== null;
  }

  static async open(options: SourceOptions, relation: RelationRef): Promise<RelationSource> {
    const { connector, connection, signal } = options;
    const found = await connector.rows.find(connection, relation, { signal });
    const nothing = { sort: [], filters: [], after: null, limit: 0 };
    const stream = await found.readPage(connection, nothing, { signal });
    await stream.close();
    return new RelationSource(options, relation, found, stream.columns);
  }

  async countRows(): Promise<number | null> {
    const { connector, connection } = this.#options;
    const counted = await this.#askedOfAll((limits) =>
      connector.catalogue.countRows(connection, this.#relation, limits),
    );
    return counted?.value ?? null;
  }

  estimateRows(): Promise<number | null> {
    const { connector, connection } = this.#options;
    return this.#askedOfAll((limits) => connector.catalogue.estimateRows(connection, this.#relation, limits));
  }

  async sample(limit: number): Promise<readonly Row[]> {
    return sampleOf(await this.#read([], null, limit), limit);
  }

  async start(position: Position | null, runId: string, batching: Batching): Promise<SourceReading> {
    const isSame = position !== null && position.runId === runId;
    const after = isSame && this.#order !== null ? position.after : null;
    const saved = savedCursor(position);
    const warnings = await this.#warnings(saved);
    const { places, filters } =
      this.#cursor === null
        ? { places: new FullPlaces(this.#order), filters: [] }
        : this.#incremental(this.#cursor, saved, after);
    const stream = await this.#read(filters, after === null ? null : this.#rowOf(after), null);
    return new BatchedReading({ warnings, stream, places, ...batching });
  }

  async close(): Promise<void> {
    await this.#stream?.close();
  }

  /** Something about a table without filters; null when it takes long, and of an API, which would have to be read for it. */
  async #askedOfAll<Value>(ask: (limits: QueryOptions) => Promise<Value>): Promise<Value | null> {
    const { connector, connection, signal, filters, reading } = this.#options;
    if (connector.dialect === null || filters.length > 0 || reading.type !== 'full') return null;
    try {
      return await ask({ signal, timeoutMs: countMs, purpose: 'part' });
    } catch (error) {
      if (!isAppError(error) || signal.aborted || !connection.isUsable) throw error;
      return null;
    }
  }

  /** Who keeps the place, and the filters that leave out what was copied before. */
  #incremental(
    cursor: CursorColumn,
    saved: SavedCursor,
    after: Position['after'],
  ): { readonly places: PlaceKeeper; readonly filters: readonly ColumnFilter[] } {
    const least = after === null ? this.#leastOf(cursor, saved) : (after[0] ?? null);
    const filter = (operator: ColumnFilter['operator'], value: string): ColumnFilter => ({
      ...{ column: cursor.index, operator, value },
    });
    if (this.#isOrdered) {
      const filters = [least === null ? filter('not-null', '') : filter('at-least', least)];
      return { places: new GrowingPlaces(cursor, this.#order, saved), filters };
    }
    const places = new UnorderedPlaces(cursor, saved, least);
    if (least === null) return { places, filters: [] };
    // An API that knows “greater” only is asked for a little more; what is too much is left out here.
    const before = valueBefore(least, 1, this.#columnOf(cursor), this.#options.connector.types);
    const wanted = [filter('at-least', least), filter('greater', before)];
    return { places, filters: wanted.filter((each) => this.#isApplied(each)).slice(0, 1) };
  }

  #leastOf(cursor: CursorColumn, { cursor: value }: SavedCursor): string | null {
    if (value === null) return null;
    return valueBefore(value, cursor.lookback, this.#columnOf(cursor), this.#options.connector.types);
  }

  #columnOf({ index, name }: CursorColumn): SourceColumn {
    const column = this.columns[index];
    return column ?? { name, declared: '', type: { type: 'text', length: null }, isNullable: true };
  }

  #isApplied(filter: ColumnFilter): boolean {
    const filters = [...this.#pushed, filter];
    return this.#found.applies?.({ filters, sort: [] }).filters.at(-1) ?? true;
  }

  /** Rows that no incremental reading brings are told of once, in the first one. */
  async #warnings({ cursor: saved }: SavedCursor): Promise<readonly string[]> {
    const cursor = this.#cursor;
    if (cursor === null || saved !== null || !this.#isOrdered || this.key.includes(cursor.name)) return [];
    const isNull: ColumnFilter = { column: cursor.index, operator: 'null', value: '' };
    const stream = await this.#read([isNull], null, 1);
    const [row] = await stream.next(1);
    await stream.close();
    return row === undefined ? [] : [nullsLeftOut(cursor)];
  }

  /** A row of which only the columns of the order are there. */
  #rowOf(after: readonly (string | null)[]): Row {
    const row: (string | null)[] = this.columns.map(() => null);
    for (const [place, column] of (this.#order ?? []).entries()) row[column] = after[place] ?? null;
    return row;
  }

  async #read(filters: readonly ColumnFilter[], after: Row | null, limit: number | null): Promise<RowStream> {
    const { connection, signal } = this.#options;
    const sort = this.#isOrdered ? this.#sort : [];
    const page = { sort, filters: [...this.#pushed, ...filters], after, limit };
    this.#stream = await this.#found.readPage(connection, page, { signal, limitMs: readLimitMs });
    return this.#stream;
  }
}
