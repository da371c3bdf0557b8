import { describe, expect, it } from 'vitest';
import { AppError } from '../../../base/AppError.ts';
import { neverAborted } from '../../../base/abort.ts';
import type { QueryResult, SqlConnection, Statement } from '../../Connection.ts';
import type { Row, StatementStream } from '../../RowStream.ts';
import { readTableFigures } from './tableFigures.ts';

const quiet = { signal: neverAborted };
const many = 5_000;

const kept = 'mysql.innodb_table_stats';
const dictionary = 'information_schema.PARTITIONS';

/** A server by what it answers to a statement that reads from a table; it refuses all others. */
class FakeServer {
  readonly statements: string[] = [];
  readonly #answers: Readonly<Record<string, readonly Row[]>>;

  constructor(answers: Readonly<Record<string, readonly Row[]>>) {
    this.#answers = answers;
  }

  get connection(): SqlConnection {
    const run = async (statement: Statement): Promise<StatementStream> => {
      const rows = [...this.#answer(statement)];
      return {
        columns: [],
        returnsRows: true,
        command: null,
        affectedCount: null,
        next: async (maxRows) => rows.splice(0, maxRows),
        nextEncoded: () => Promise.reject(new Error('not used')),
        nextResult: async () => false,
        close: async () => undefined,
      };
    };
    const query = async (statement: Statement): Promise<QueryResult> => {
      this.statements.push(statement.text);
      return { fields: [], rows: [], rowCount: 0 };
    };
    return { isUsable: true, run, query } as Partial<SqlConnection> as SqlConnection;
  }

  #answer({ text }: Statement): readonly Row[] {
    this.statements.push(text);
    const [, rows] = Object.entries(this.#answers).find(([name]) => text.includes(name)) ?? [];
    if (rows === undefined) throw new AppError('PERMISSION_DENIED', { title: 'No' });
    return rows;
  }
}

describe('readTableFigures', () => {
  it('opens the tables when they are few, after MySQL was told not to answer from yesterday', async () => {
    const server = new FakeServer({ [dictionary]: [['shop', 'orders', null, '3']] });
    const figures = await readTableFigures(server.connection, { tableCount: 1, isMysql: true }, quiet);
    expect(figures.of('shop', 'orders')).toEqual({
      rows: { value: 3, accuracy: 'estimate' },
      partitions: [],
    });
    expect(server.statements[0]).toContain('information_schema_stats_expiry');
    expect(server.statements[1]).toContain('TABLE_ROWS');
  });

  it('does not open them when they are many: MySQL keeps the partitions, and InnoDB the rows', async () => {
    const server = new FakeServer({
      [dictionary]: [
        ['shop', 'part', 'P0', null],
        ['shop', 'part', 'p1', null],
      ],
      [kept]: [
        ['shop', 'orders', '7'],
        ['shop', 'part#p#p0', '10'],
        ['shop', 'part#p#p1#sp#p1sp0', '20'],
        ['shop', 'part#p#p1#sp#p1sp1', '30'],
        ['shop', 'est', '0'],
      ],
    });
    const figures = await readTableFigures(server.connection, { tableCount: many, isMysql: true }, quiet);
    expect(figures.of('shop', 'part')).toEqual({
      rows: { value: 60, accuracy: 'estimate' },
      partitions: [
        { name: 'P0', rows: { value: 10, accuracy: 'estimate' } },
        { name: 'p1', rows: { value: 50, accuracy: 'estimate' } },
      ],
    });
    expect(figures.of('shop', 'orders').rows?.value).toBe(7);
    expect(figures.of('shop', 'est').rows).toBeNull();
    expect(server.statements.some((text) => text.includes('TABLE_ROWS'))).toBe(false);
  });

  it('knows the partitions all the same when MySQL refuses what InnoDB keeps', async () => {
    const server = new FakeServer({ [dictionary]: [['shop', 'part', 'p0', null]] });
    const figures = await readTableFigures(server.connection, { tableCount: many, isMysql: true }, quiet);
    expect(figures.of('shop', 'part')).toEqual({ rows: null, partitions: [{ name: 'p0', rows: null }] });
  });

  it('takes the partitions of MariaDB from the names that InnoDB keeps', async () => {
    const server = new FakeServer({
      [kept]: [
        ['shop', 'part#P#p2024#SP#p2024sp0', '4'],
        ['shop', 'part#P#p2024#SP#p2024sp1', '5'],
      ],
    });
    const figures = await readTableFigures(server.connection, { tableCount: many, isMysql: false }, quiet);
    expect(figures.of('shop', 'part')).toEqual({
      rows: { value: 9, accuracy: 'estimate' },
      partitions: [{ name: 'p2024', rows: { value: 9, accuracy: 'estimate' } }],
    });
    expect(server.statements).toHaveLength(1);
  });

  it('opens the tables of MariaDB after all when that is refused', async () => {
    const server = new FakeServer({
      [dictionary]: [
        ['shop', 'orders', null, '3'],
        ['shop', 'part', 'p0', '1'],
      ],
    });
    const figures = await readTableFigures(server.connection, { tableCount: many, isMysql: false }, quiet);
    expect(figures.of('shop', 'orders').rows?.value).toBe(3);
    expect(figures.of('shop', 'part').partitions).toHaveLength(1);
  });

  it('says nothing of a table that it did not hear of', async () => {
    const server = new FakeServer({ [dictionary]: [] });
    const figures = await readTableFigures(server.connection, { tableCount: 1, isMysql: true }, quiet);
    expect(figures.of('shop', 'new')).toEqual({ rows: null, partitions: [] });
  });

  it('refuses an answer that is not what it asked for', async () => {
    const server = new FakeServer({ [dictionary]: [['shop', null, null, '3']] });
    const reading = readTableFigures(server.connection, { tableCount: 1, isMysql: true }, quiet);
    await expect(reading).rejects.toMatchObject({ code: 'PROTOCOL_ERROR' });
  });
});
