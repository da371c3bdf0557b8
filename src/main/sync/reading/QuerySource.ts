import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { ColumnFilter, ResultColumn } from '../../../shared/model/results.ts';
import type { SqlLanguage } from '../../../shared/sql/SqlLanguage.ts';
import type { SqlConnection } from '../../connectors/Connection.ts';
import type { Dialect } from '../../connectors/Dialect.ts';
import type { Row, StatementStream } from '../../connectors/RowStream.ts';
import { requireDialect, requireSql } from '../../connectors/speaksSql.ts';
import type { SourceReading } from '../copy/ports.ts';
import type { Position } from '../copy/position.ts';
import { BatchedReading, type Batching } from './BatchedReading.ts';
import { type CursorColumn, cursorColumn, nullsLeftOut, savedCursor } from './cursors.ts';
import { columnFilters } from './filters.ts';
import { GrowingPlaces } from './GrowingPlaces.ts';
import { valueBefore } from './lookback.ts';
import { type OpenedSource, readLimitMs, type SourceOptions, sampleOf } from './OpenedSource.ts';
import { FullPlaces } from './places.ts';
import { noReadingQuery } from './readingErrors.ts';
import { sourceColumns } from './sourceColumns.ts';

const own = { reads: 'rows' } as const;
const numberText = /^-?\d+(?:\.\d+)?$/;

/**
 * A query of a person. A full reading runs it as it is, once; for an incremental one it becomes a part of a larger query.
 * It runs in a read-only transaction, which is one snapshot; the settings of the session are those of Mooring's own
 * statements.
 */
export class QuerySource implements OpenedSource {
  readonly columns: readonly SourceColumn[];
  readonly resultColumns: readonly ResultColumn[];
  readonly key: readonly string[] = [];
  readonly isResumable = false;
  readonly leftFilters: readonly ColumnFilter[];
  readonly #options: SourceOptions;
  readonly #connection: SqlConnection;
  readonly #dialect: Dialect;
  readonly #query: string;
  readonly #cursor: CursorColumn | null;
  #stream: StatementStream;

  private constructor(options: SourceOptions, query: string, stream: StatementStream) {
    this.#options = options;
    this.#connection = requireSql(options.connection);
    this.#dialect = requireDialect(options.connector);
    this.#query = query;
    this.#stream = stream;
    this.resultColumns = stream.columns;
    this.columns = sourceColumns(stream.columns, [], options.connector.types);
    const { reading, mode } = options;
    this.#cursor = reading.type === 'full' ? null : cursorColumn(reading, mode, this.columns, []);
    this.leftFilters = columnFilters(options.filters, stream.columns);
  }

  /** @throws PIPELINE_INVALID for a text that is not one statement that reads */
  static async open(options: SourceOptions, text: string): Promise<QuerySource> {
    const query = readingQuery(text, options.language);
    const connection = requireSql(options.connection);
    const { quoteIdentifier } = requireDialect(options.connector);
    const isFull = options.reading.type === 'full';
    const asked = isFull ? query : `SELECT * FROM (\n${query}\n) AS ${quoteIdentifier('q')} LIMIT 0`;
    const { signal } = options;
    const run = { signal, limitMs: readLimitMs, purpose: 'part' } as const;
    const stream = await connection.run({ text: asked, own }, run);
    try {
      if (!stream.returnsRows) throw noReadingQuery('It returns no rows.');
      return new QuerySource(options, query, stream);
    } catch (error) {
      await stream.close();
      throw error;
    }
  }

  async countRows(): Promise<number | null> {
    return null;
  }

  async estimateRows(): Promise<number | null> {
    return null;
  }

  sample(limit: number): Promise<readonly Row[]> {
    return sampleOf(this.#stream, limit);
  }

  async start(position: Position | null, _runId: string, batching: Batching): Promise<SourceReading> {
    const saved = savedCursor(position);
    if (this.#cursor !== null) await this.#select(this.#cursor, saved.cursor);
    return new BatchedReading({
      stream: this.#stream,
      warnings: this.#cursor === null || saved.cursor !== null ? [] : [nullsLeftOut(this.#cursor)],
      places: this.#cursor === null ? new FullPlaces(null) : new GrowingPlaces(this.#cursor, null, saved),
      ...batching,
    });
  }

  close(): Promise<void> {
    return this.#stream.close();
  }

  /** Reads what is new, in the order of the cursor. */
  async #select({ index, lookback, name }: CursorColumn, saved: string | null): Promise<void> {
    await this.#stream.close();
    const { quoteIdentifier } = this.#dialect;
    const column = `${quoteIdentifier('q')}.${quoteIdentifier(name)}`;
    const source = this.columns[index];
    const { types } = this.#options.connector;
    const least = saved === null || source === undefined ? null : valueBefore(saved, lookback, source, types);
    // A server may compare a number with a text as floating-point numbers.
    const isNumber = source?.type.type === 'integer' || source?.type.type === 'decimal';
    const isPlain = isNumber && least !== null && numberText.test(least);
    const placeholder = this.#options.language.withPlaceholders(':least').text;
    const condition =
      least === null ? `${column} IS NOT NULL` : `${column} >= ${isPlain ? least : placeholder}`;
    const text = `SELECT * FROM (\n${this.#query}\n) AS ${quoteIdentifier('q')} WHERE ${condition} ORDER BY ${column}`;
    const values = least === null || isPlain ? [] : [least];
    const { signal } = this.#options;
    this.#stream = await this.#connection.run(
      { text, values, own },
      { signal, limitMs: readLimitMs, purpose: 'part' },
    );
  }
}

/** The one statement of a text, without what stands around it. @throws PIPELINE_INVALID */
function readingQuery(text: string, language: SqlLanguage): string {
  const [statement, another] = language.statements(text);
  if (statement === undefined) throw noReadingQuery('There is no statement in it.');
  if (another !== undefined) throw noReadingQuery('There are several statements in it.');
  const query = text.slice(statement.from, statement.to);
  const { writes, transaction, copy, command } = language.traits(query);
  if (writes || transaction !== null || copy !== null) throw noReadingQuery(`${command} does not only read.`);
  const [parameter] = language.parameters(query);
  if (parameter !== undefined)
    throw noReadingQuery(`Nothing is known for its parameter “${parameter.name}”.`);
  return query;
}
