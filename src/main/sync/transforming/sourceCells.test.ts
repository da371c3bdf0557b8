import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodedRows } from '../../../../tests/support/encodedRows.ts';
import type { SourceColumn } from '../../../shared/model/columnTypes.ts';
import type { ColumnMapping } from '../../../shared/model/pipelines.ts';
import { plainCsv } from '../../../shared/model/plainCsv.ts';
import type { CsvOptions } from '../../../shared/model/results.ts';
import { neverAborted } from '../../base/abort.ts';
import { Pace } from '../../base/async/Pace.ts';
import { systemClock } from '../../base/Clock.ts';
import { mysqlTypes } from '../../connectors/mysql/logicalTypes.ts';
import { postgresTypes } from '../../connectors/postgres/logicalTypes.ts';
import type { ColumnTypes } from '../../connectors/TableWriter.ts';
import { TextRows } from '../writing/files/TextRows.ts';
import { type ColumnsInput, createTransformation } from './createTransformation.ts';
import { mapColumns } from './mapColumns.ts';
import { sourceCells } from './sourceCells.ts';

const values = {
  bigint: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
  'numeric(12,2)': fc.constantFrom('0.10', '-12345.67', 'NaN'),
  boolean: fc.constantFrom('t', 'f'),
  text: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', 'NULL', '\\.', 'a"b,c', 'one\ntwo', ' lead'),
  ),
  date: fc.constantFrom('2024-05-06', '0044-03-15 BC', '12345-01-01', 'infinity'),
  'timestamp with time zone': fc.constantFrom(
    ...['2024-05-06 12:34:56.789+00', '2024-05-06 12:34:56+02', '0044-03-15 00:00:00+00 BC', '-infinity'],
  ),
} as const;
const types = ['bigint', 'numeric(12,2)', 'boolean', 'text', 'date', 'timestamp with time zone'] as const;
const columns: SourceColumn[] = types.map((declared) => ({
  ...{ name: declared, declared, type: postgresTypes.logical(declared), isNullable: true },
}));
const row = fc.tuple(...types.map((type) => fc.option(values[type])));
const options = fc.record({
  ...{ separator: fc.constantFrom(',', ';', '\t', '|'), lineEnd: fc.constantFrom('\n', '\r\n') },
  ...{ decimalComma: fc.boolean(), withHeader: fc.boolean(), withBom: fc.boolean() },
  ...{ nullText: fc.constantFrom('', 'NULL', '0.10', 'true'), escapesFormulas: fc.boolean() },
}) as fc.Arbitrary<CsvOptions>;
/** Some of the columns, in any order, under other names. */
const chosen = fc
  .shuffledSubarray([...types], { minLength: 1 })
  .map((names) => names.map((name): ColumnMapping => mappingOf(name)));

const mappingOf = (name: string, changes: Partial<ColumnMapping> = {}): ColumnMapping => ({
  ...{ name: `my ${name}`, origin: { type: 'column', name }, cast: null, mask: null },
  ...changes,
});

function inputOf(mappings: ColumnMapping[] | null, sourceTypes: ColumnTypes = postgresTypes): ColumnsInput {
  const drift = { newColumns: 'add', changedTypes: 'fail' } as const;
  // A shape of the same columns: none of them is new, so that only those that are chosen arrive.
  const pipeline = { columns: mappings, shape: columns, drift };
  const planned = mapColumns(pipeline, columns).map(({ name, type }) => ({
    ...{ name, mappedName: name, type, declared: 'text', isNullable: true, loss: null, isNew: true },
  }));
  return {
    ...{ pipeline, columns, planned, sourceTypes, destinationTypes: null, maskKey: Buffer.alloc(32, 7) },
    left: { columns: [], filters: [] },
  };
}

async function written(
  input: ColumnsInput,
  csv: CsvOptions,
  rows: readonly (readonly (string | null)[])[],
  isDirect: boolean,
): Promise<string> {
  const parts: Buffer[] = [];
  const pace = new Pace(systemClock);
  const planned = input.planned.map((column) => ({ ...column, isNullable: true, loss: null, isNew: true }));
  const cells = isDirect ? sourceCells(input) : null;
  if (isDirect) expect(cells).not.toBeNull();
  const text = new TextRows({ type: 'csv', options: csv }, planned, cells, pace, async (bytes) => {
    parts.push(Buffer.from(bytes));
  });
  const made = createTransformation({ ...input, clock: systemClock, signal: neverAborted });
  const source = encodedRows(rows);
  await text.add(isDirect ? source : (await made.apply(source)).rows);
  await text.end();
  return Buffer.concat(parts).toString('latin1');
}

describe('Cells that a text file takes out of rows of the source', () => {
  it('are what they are after a transformation, byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(chosen),
        options,
        fc.array(row, { maxLength: 5 }),
        async (mappings, csv, rows) => {
          const input = inputOf(mappings);
          expect(await written(input, csv, rows, true)).toBe(await written(input, csv, rows, false));
        },
      ),
    );
  });

  it('have unusual values as well as usual ones', async () => {
    const rows = [
      ['1', '0.10', 't', '', '2024-05-06', '2024-05-06 12:34:56+02'],
      ['2', 'NaN', 'f', '\\.', '0044-03-15 BC', null],
    ];
    expect(await written(inputOf(null), { ...plainCsv, withHeader: false }, rows, true)).toBe(
      '1,0.10,true,"",2024-05-06,2024-05-06 10:34:56Z\n2,NaN,false,"\\.",-0043-03-15,\n',
    );
  });

  it('are not taken where more is done to a value, a row is left out, or an engine knows no bytes', () => {
    const whole = { type: 'integer', bits: 64, isUnsigned: false } as const;
    const cast = inputOf([mappingOf('text', { cast: whole })]);
    const masked = inputOf([mappingOf('text', { mask: { type: 'truncate', length: 2 } })]);
    const constant = inputOf([mappingOf('one', { origin: { type: 'constant', value: '1' } })]);
    const plain = inputOf(null);
    const filters = [{ column: 0, operator: 'equals', value: '1' }] as const;
    const filtered = { ...plain, left: { columns: [], filters } };
    const all = [cast, masked, constant, filtered, inputOf(null, mysqlTypes)];
    expect(all.map(sourceCells)).toEqual(all.map(() => null));
    expect(sourceCells(plain)).not.toBeNull();
  });
});
