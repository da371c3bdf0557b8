import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { encodedRows } from '../../../../../tests/support/encodedRows.ts';
import { failureOf } from '../../../../../tests/support/failureOf.ts';
import { temporaryFolder } from '../../../../../tests/support/testStore.ts';
import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import type { PipelineFileFormat } from '../../../../shared/model/pipelines.ts';
import type { PlannedColumn } from '../../../../shared/model/pipelineViews.ts';
import { neverAborted } from '../../../base/abort.ts';
import { systemClock } from '../../../base/Clock.ts';
import type { Row } from '../../../connectors/RowStream.ts';
import type { Position } from '../../copy/position.ts';
import { type FileSinkOptions, openFileSink } from './FileSink.ts';

const runId = '6f1d2a34-0000-4000-8000-000000000001';
/** Takes what is refused. */
const nobody = async (): Promise<void> => undefined;
const csv: PipelineFileFormat = {
  type: 'csv',
  options: {
    ...{ separator: ',', decimalComma: false, withHeader: true, withBom: false },
    ...{ lineEnd: '\n', nullText: '', escapesFormulas: false },
  },
};
const ndjson: PipelineFileFormat = { type: 'ndjson' };
const parquet: PipelineFileFormat = { type: 'parquet' };
const position: Position = {
  ...{ runId, cursor: null, atCursor: [], after: null },
  ...{ readCount: 0, writtenCount: 0, rejectedCount: 0, byteCount: 0, isComplete: false },
};

const column = (name: string, type: LogicalType, declared: string): PlannedColumn => ({
  ...{ name, mappedName: name, type, declared, isNullable: true, loss: null, isNew: true },
});
const text = column('s', { type: 'text', length: null }, 'STRING');
const bigint = column('id', { type: 'integer', bits: 64, isUnsigned: false }, 'INT64');
const decimal = column('d', { type: 'decimal', precision: 38, scale: 10 }, 'DECIMAL(38,10)');
const moment = column('at', { type: 'timestamp', digits: 6, isZoned: true }, 'TIMESTAMP_MICROS');
const day = column('day', { type: 'date' }, 'DATE');

const sinkOf = (folder: string, options: Partial<FileSinkOptions> = {}) =>
  openFileSink({
    ...{
      folder,
      name: 'copy',
      format: csv,
      columns: [text],
      sourceCells: null,
      runId,
      timeZone: 'Europe/Berlin',
    },
    ...{ namedAt: Date.UTC(2026, 10, 30, 23, 30), maxRejectedRows: 0, signal: neverAborted },
    ...{ clock: systemClock, isOwned: () => Promise.resolve(true) },
    ...options,
  });

async function written(folder: string, rows: readonly Row[], options: Partial<FileSinkOptions> = {}) {
  const sink = sinkOf(folder, options);
  await sink.begin();
  for (let from = 0; from < rows.length; from += 1_000) {
    await sink.write(encodedRows(rows.slice(from, from + 1_000)), position, nobody);
  }
  const summary = await sink.finish(position);
  await sink.close();
  return { ...summary, path: join(folder, summary.fileName ?? '') };
}

/** As the bytes of a Parquet file are, without the conversions of the reader, which rounds decimals and dates. */
async function readRaw(path: string): Promise<Record<string, unknown>[]> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  return parquetReadObjects({ file, metadata: withoutConversions(metadata) });
}

const withoutConversions = (metadata: FileMetaData): FileMetaData => ({
  ...metadata,
  schema: metadata.schema.map((element) => {
    const { converted_type: converted, logical_type: logical, ...raw } = element;
    return logical?.type === 'STRING' || logical?.type === 'JSON' || logical?.type === 'UUID' ? element : raw;
  }),
});

function signed(bytes: unknown): bigint {
  if (!(bytes instanceof Uint8Array)) throw new Error('These are no bytes.');
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes).toString('hex')}`));
}

describe('rows in a file', () => {
  it('are told apart in CSV: NULL, the empty text, quotes, separators, line ends and blanks', async () => {
    const values = [null, '', 'NULL', 'a"b,c', 'one\ntwo', ' lead'];
    const { path } = await written(
      temporaryFolder(),
      values.map((value, row) => [String(row), value]),
      {
        columns: [bigint, text],
      },
    );
    expect(readFileSync(path, 'utf8')).toBe('id,s\n0,\n1,""\n2,NULL\n3,"a""b,c"\n4,"one\ntwo"\n5, lead\n');
  });

  it('have all digits in NDJSON, and each key in each row', async () => {
    const rows = [
      ['9007199254740993', '1234567890123456789.0123456789', null],
      ['-9223372036854775808', '0.1', '2026-11-30 07:00:00.000001Z'],
    ];
    const { path } = await written(temporaryFolder(), rows, {
      format: ndjson,
      columns: [bigint, decimal, moment],
    });
    expect(readFileSync(path, 'utf8')).toBe(
      '{"id":9007199254740993,"d":1234567890123456789.0123456789,"at":null}\n' +
        '{"id":-9223372036854775808,"d":0.1,"at":"2026-11-30 07:00:00.000001Z"}\n',
    );
  });

  it('have all digits in Parquet, in columns that the catalogue has typed', async () => {
    const small = column('n', { type: 'decimal', precision: 18, scale: 3 }, 'DECIMAL(18,3)');
    const { path } = await written(
      temporaryFolder(),
      [
        ['9007199254740993', '1234567890123456789.0123456789', '-123456789012345.678'],
        ['-9223372036854775808', '-0.1', '0.5'],
        [null, '9999999999999999999999999999.9999999999', '7'],
      ],
      { format: parquet, columns: [bigint, decimal, small] },
    );
    const rows = await readRaw(path);
    expect(rows.map(({ id }) => id)).toEqual([9007199254740993n, -9223372036854775808n, null]);
    expect(rows.map(({ n }) => n)).toEqual([-123456789012345678n, 500n, 7000n]);
    expect(rows.map(({ d }) => signed(d))).toEqual([
      12345678901234567890123456789n,
      -1000000000n,
      10n ** 38n - 1n,
    ]);
    const { schema } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    expect(schema.map(({ type, precision, scale }) => [type, precision, scale])).toEqual([
      [undefined, undefined, undefined],
      ['INT64', undefined, undefined],
      ['FIXED_LEN_BYTE_ARRAY', 38, 10],
      ['INT64', 18, 3],
    ]);
  });

  it('are timestamps in Parquet from the first group on, when the first value comes in row 40,001', async () => {
    const rows: Row[] = Array.from({ length: 40_000 }, (_, row) => [String(row), null]);
    rows.push(['40000', '2026-11-30 07:00:00.000001Z'], ['40001', '-0043-03-15 00:00:00Z']);
    const { path } = await written(temporaryFolder(), rows, { format: parquet, columns: [bigint, moment] });
    const read = await readRaw(path);
    expect(read).toHaveLength(40_002);
    expect(read.filter(({ at }) => at !== null)).toEqual([
      { id: 40_000n, at: 1_796_022_000_000_001n },
      { id: 40_001n, at: -63_517_824_000_000_000n },
    ]);
    const { row_groups: groups, schema } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    expect(groups.map(({ num_rows: count }) => count)).toEqual([32_768n, 7_234n]);
    expect(schema[2]?.logical_type).toEqual({ type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' });
  });

  it('need not be there: the file has its columns without any', async () => {
    const folder = temporaryFolder();
    const columns = [bigint, moment];
    const { path } = await written(folder, [], { format: parquet, columns });
    expect(await readRaw(path)).toEqual([]);
    const { schema, num_rows: count } = await parquetMetadataAsync(await asyncBufferFromFile(path));
    expect([schema.map(({ name }) => name), count]).toEqual([['root', 'id', 'at'], 0n]);
    expect(readFileSync((await written(folder, [], { columns })).path, 'utf8')).toBe('id,at\n');
  });

  it('have texts, bytes, JSON and UUIDs in Parquet as they were', async () => {
    const columns = [
      text,
      column('j', { type: 'json' }, 'JSON'),
      column('b', { type: 'binary', length: null }, 'BYTE_ARRAY'),
      column('u', { type: 'uuid' }, 'UUID'),
      column('f', { type: 'float', bits: 64 }, 'DOUBLE'),
      column('t', { type: 'time', digits: 6, isZoned: false }, 'TIME_MICROS'),
      column('ok', { type: 'boolean' }, 'BOOLEAN'),
    ];
    const uuid = '0198aaaa-bbbb-7ccc-8ddd-eeeeffff0001';
    const { path } = await written(
      temporaryFolder(),
      [
        ['Grün 😀', '{"n":12345678901234567890,"n":1.10}', '00ff', uuid, '1e-300', '23:59:59.5', 'true'],
        ['', null, '', null, '-Infinity', '00:00:00', 'false'],
      ],
      { format: parquet, columns },
    );
    const file = await asyncBufferFromFile(path);
    const metadata = withoutConversions(await parquetMetadataAsync(file));
    const parsers = { jsonFromBytes: (bytes: Uint8Array) => Buffer.from(bytes).toString() };
    const rows = await parquetReadObjects({ file, metadata, parsers, utf8: false });
    const shown = rows.map(({ b, j, ...rest }) => ({
      ...rest,
      b: Buffer.from(b).toString('hex'),
      j: j === null ? null : Buffer.from(j).toString(),
    }));
    expect(shown).toEqual([
      {
        ...{ s: 'Grün 😀', j: '{"n":12345678901234567890,"n":1.10}', b: '00ff', u: uuid },
        ...{ f: 1e-300, t: 86_399_500_000n, ok: true },
      },
      { s: '', j: null, b: '', u: null, f: Number.NEGATIVE_INFINITY, t: 0n, ok: false },
    ]);
  });

  it('have NULL in Parquet for what it cannot hold, and say how often', async () => {
    const rows = [
      ['infinity', 'NaN', '-infinity'],
      ['2024-05-06', '1', 'infinity'],
    ];
    const { path, losses } = await written(temporaryFolder(), rows, {
      format: parquet,
      columns: [day, decimal, moment],
    });
    expect((await readRaw(path)).map((row) => [row.day, row.at])).toEqual([
      [null, null],
      [19_849, null],
    ]);
    expect(losses).toEqual([
      { column: 'day', reason: 'infinite dates', count: 1 },
      { column: 'd', reason: 'NaN and infinity, which are no decimal numbers', count: 1 },
      { column: 'at', reason: 'infinite dates', count: 2 },
    ]);
  });

  it('are refused in Parquet when a value is none of the type, up to the limit', async () => {
    const rows = encodedRows([
      ['a', '1'],
      ['b', 'many'],
      ['c', '9223372036854775808'],
      ['d', '4'],
    ]);
    const options = { format: parquet, columns: [text, bigint] };
    const folder = temporaryFolder();
    const sink = sinkOf(folder, { ...options, maxRejectedRows: 2 });
    await sink.begin();
    const { writtenCount, rejected } = await sink.write(rows, position, nobody);
    expect([writtenCount, rejected.map(({ cells }) => cells)]).toEqual([
      2,
      [
        ['b', 'many'],
        ['c', '9223372036854775808'],
      ],
    ]);
    const { fileName } = await sink.finish(position);
    expect(await readRaw(join(folder, fileName ?? ''))).toEqual([
      { s: 'a', id: 1n },
      { s: 'd', id: 4n },
    ]);
    const strict = sinkOf(folder, { ...options, maxRejectedRows: 1 });
    await strict.begin();
    expect(await failureOf(strict.write(rows, position, nobody))).toMatchObject({ code: 'ROWS_REFUSED' });
    await strict.close();
  });

  it('count towards the limit together with those that were rejected on their way to the file', async () => {
    const sink = sinkOf(temporaryFolder(), { format: parquet, columns: [bigint], maxRejectedRows: 2 });
    await sink.begin();
    const rows = encodedRows([['many'], ['4']]);
    const { rejected } = await sink.write(rows, { ...position, rejectedCount: 1 }, nobody);
    expect(rejected).toHaveLength(1);
    const failure = await failureOf(sink.write(rows, { ...position, rejectedCount: 2 }, nobody));
    expect(failure).toMatchObject({ code: 'ROWS_REFUSED', detail: expect.stringContaining('3 so far') });
    await sink.close();
  });
});

describe('the file of a run', () => {
  it('is there whole or not at all, for its owner only, and nothing is left of earlier attempts', async () => {
    const folder = temporaryFolder();
    const killed = sinkOf(folder);
    await killed.begin();
    await killed.write(encodedRows([['half']]), position, nobody);
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/^copy\.csv\..*\.part$/)]);
    const { path } = await written(folder, [['whole']]);
    expect(readFileSync(path, 'utf8')).toBe('s\nwhole\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    // The one that was given up lives on, and must not bring its rest to the name.
    expect(await failureOf(killed.finish(position))).toMatchObject({ code: 'FILE_FAILED' });
    await killed.close();
    // Of another run of the same file: one that may be under way, and one that was killed a week ago.
    const parts = ['copy.csv.other.1.part', 'copy.csv.other.2.part'].map((part) => join(folder, part));
    for (const part of parts) writeFileSync(part, '');
    utimesSync(parts[1] ?? '', new Date(0), new Date(Date.now() - 7 * 86_400_000));
    await written(folder, [['whole']]);
    expect(readdirSync(folder)).toEqual(['copy.csv', 'copy.csv.other.1.part']);
    expect(readFileSync(path, 'utf8')).toBe('s\nwhole\n');
  });

  it('is not given its name by a worker that has lost the run, or after a cancel', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'copy.csv'), 'old');
    const lost = sinkOf(folder, { isOwned: () => Promise.resolve(false) });
    await lost.begin();
    expect(await failureOf(lost.finish(position))).toMatchObject({ code: 'RUN_SUPERSEDED' });
    await lost.close();
    const cancel = new AbortController();
    const cancelled = sinkOf(folder, { signal: cancel.signal });
    await cancelled.begin();
    cancel.abort();
    expect(await failureOf(cancelled.write(encodedRows([['x']]), position, nobody))).toMatchObject({
      code: 'CANCELLED',
    });
    await cancelled.close();
    expect(readdirSync(folder)).toEqual(['copy.csv']);
    expect(readFileSync(join(folder, 'copy.csv'), 'utf8')).toBe('old');
  });

  it('takes the place of an older one without a date; with one, of that of the same run only', async () => {
    const folder = temporaryFolder();
    await written(folder, [['1']]);
    await written(folder, [['2']], { runId: '6f1d2a34-0000-4000-8000-000000000002' });
    expect(readFileSync(join(folder, 'copy.csv'), 'utf8')).toBe('s\n2\n');
    const name = 'copy-{date}';
    // In Berlin, half past eleven in the evening of UTC is the next day.
    expect((await written(folder, [['1']], { name })).fileName).toBe('copy-2026-12-01.csv');
    expect((await written(folder, [['1 again']], { name })).fileName).toBe('copy-2026-12-01.csv');
    const other = { name, runId: '6f1d2a34-0000-4000-8000-000000000002' };
    expect((await written(folder, [['2']], other)).fileName).toBe('copy-2026-12-01-2.csv');
    expect((await written(folder, [['2 again']], other)).fileName).toBe('copy-2026-12-01-2.csv');
    expect(readFileSync(join(folder, 'copy-2026-12-01.csv'), 'utf8')).toBe('s\n1 again\n');
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('is refused before anything is written when its name is none, or its folder is gone', async () => {
    const folder = temporaryFolder();
    for (const name of ['a/b', '../x', 'a:b', 'CON', 'x{user}', 'a\u0000b', '.x', 'x '.repeat(120)]) {
      expect(await failureOf(sinkOf(folder, { name }).begin()), name).toMatchObject({
        code: 'PIPELINE_INVALID',
      });
    }
    expect(readdirSync(folder)).toEqual([]);
    const gone = await failureOf(sinkOf(join(folder, 'gone')).begin());
    expect(gone).toMatchObject({ code: 'FILE_FAILED', fixes: [expect.any(String)] });
    expect(existsSync(join(folder, 'gone'))).toBe(false);
  });
});
