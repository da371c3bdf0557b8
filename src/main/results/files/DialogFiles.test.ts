import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  columnsNamed,
  columnsOf,
  encodedRows,
  FakeRowStream,
} from '../../../../tests/support/encodedRows.ts';
import { resultsUnderTest, workToTheEnd } from '../../../../tests/support/resultsUnderTest.ts';
import type { CsvOptions, FileFormat, ResultColumn } from '../../../shared/model/results.ts';
import type { Row } from '../../connectors/RowStream.ts';

const defaults: CsvOptions = {
  ...{ separator: ',', decimalComma: false, withHeader: true, withBom: false },
  ...{ lineEnd: '\n', nullText: '', escapesFormulas: false },
};
const csv = (options: Partial<CsvOptions> = {}): FileFormat => ({
  type: 'csv',
  options: { ...defaults, ...options },
});
const json: FileFormat = { type: 'json' };
const ndjson: FileFormat = { type: 'ndjson' };

async function savedAs(format: FileFormat, columns: readonly ResultColumn[], rows: readonly Row[]) {
  const { files, saved } = resultsUnderTest();
  const options = { ...workToTheEnd, suggestedName: 'x' };
  await files.saveRows(async () => new FakeRowStream(columns, [encodedRows(rows)]), format, options);
  return saved();
}

const textOf = async (...saving: Parameters<typeof savedAs>) => (await savedAs(...saving)).toString();

describe('saving as CSV', () => {
  it('writes what COPY reads back, with the least of quotes', async () => {
    const texts = [
      '"',
      '{"a":"b"}',
      '1\n2',
      'x\r\ny',
      'a,b',
      ' lead',
      '',
      null,
      'NULL',
      '\\.',
      '=1+1',
      '0071',
      'trail ',
    ];
    const rows = texts.map((text, row) => [String(row + 1), text]);
    expect(await textOf(csv({ lineEnd: '\r\n' }), columnsOf(['id', 'integer'], ['s', 'text']), rows)).toBe(
      [
        ...[
          'id,s',
          '1,""""',
          '2,"{""a"":""b""}"',
          '3,"1\n2"',
          '4,"x\r\ny"',
          '5,"a,b"',
          '6, lead',
          '7,""',
          '8,',
        ],
        ...['9,NULL', '10,"\\."', '11,=1+1', '12,0071', '13,trail ', ''],
      ].join('\r\n'),
    );
  });

  it('tells NULL, the empty text and blanks apart', async () => {
    const columns = columnsNamed(['a', 'b', 'c', 'd', 'e', 'f']);
    const rows = [[null, '', 'NULL', ' ', '\\x', null]];
    expect(await textOf(csv(), columns, rows)).toBe('a,b,c,d,e,f\n,"",NULL, ,\\x,\n');
    expect(await textOf(csv({ nullText: 'NULL' }), columns, rows)).toBe(
      'a,b,c,d,e,f\nNULL,"","NULL", ,\\x,NULL\n',
    );
  });

  it('writes what a German Excel reads, and changes no digit and no text', async () => {
    const columns = columnsOf(
      ...([
        ['ort', 'text'],
        ['betrag', 'decimal'],
        ['x', 'float'],
        ['s', 'text'],
        ['plz', 'text'],
        ['nr', 'integer'],
      ] as const),
    );
    const rows = [
      ['Zürich €', '1234.5', '-0.05', 'a;b', '0071', '468768833943384412'],
      ['1.5', 'NaN', '1e-05', '', '', '1'],
    ];
    const german = await savedAs(csv({ separator: ';', decimalComma: true, withBom: true }), columns, rows);
    expect([...german.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(german.toString('utf8', 3).split('\n').slice(1)).toEqual([
      'Zürich €;1234,5;-0,05;"a;b";0071;468768833943384412',
      '1.5;NaN;1e-05;"";"";1',
      '',
    ]);
    expect((await textOf(csv({ decimalComma: true }), columns, rows)).split('\n')[1]).toBe(
      'Zürich €,"1234,5","-0,05",a;b,0071,468768833943384412',
    );
    expect((await textOf(csv(), columns, rows)).split('\n')[1]).toContain(',1234.5,-0.05,a;b,0071,');
  });

  it('escapes formulas when it is asked to, but no number', async () => {
    const columns = columnsOf(['t', 'text'], ['n', 'integer'], ['=h', 'float']);
    const rows = [
      ['=1+1', '-5', '-Infinity'],
      ['@x', '+5', '1'],
      ['a=b', null, '2'],
    ];
    expect(await textOf(csv({ escapesFormulas: true }), columns, rows)).toBe(
      `t,n,"'=h"\n"'=1+1",-5,"'-Infinity"\n"'@x",+5,1\na=b,,2\n`,
    );
  });

  it('keeps columns of one name, and empty names', async () => {
    expect(await textOf(csv(), columnsNamed(['id', 'id', '', 'a,b']), [['1', '2', '3', '4']])).toBe(
      'id,id,"","a,b"\n1,2,3,4\n',
    );
    expect(await textOf(csv(), columnsNamed(['a', 'b']), [])).toBe('a,b\n');
    expect(await textOf(csv(), [], [[], [], []])).toBe('\n\n\n\n');
  });
});

describe('saving as JSON', () => {
  const columns = columnsOf(
    ...([
      ['a', 'float'],
      ['b', 'decimal'],
      ['c', 'integer'],
      ['d', 'text'],
      ['e', 'text'],
      ['f', 'json'],
      ['g', 'boolean'],
    ] as const),
  );
  const row = [
    'NaN',
    '1.10',
    '9007199254740993',
    null,
    'q"\\\n\u0001é😀',
    '{"n":12345678901234567890,\n "n":2}',
    't',
  ];

  it('keeps every digit, and quotes what JSON does not know', async () => {
    const line =
      '{"a":"NaN","b":1.10,"c":9007199254740993,"d":null,"e":"q\\"\\\\\\n\\u0001é😀",' +
      '"f":{"n":12345678901234567890,  "n":2},"g":true}';
    expect(await textOf(json, columns, [row])).toBe(`[\n${line}\n]`);
    expect(await textOf(json, columns, [row, row])).toBe(`[\n${line},\n${line}\n]`);
    expect(await textOf(ndjson, columns, [row, row])).toBe(`${line}\n${line}\n`);
    expect(JSON.parse(await textOf(json, columns, [row]))).toHaveLength(1);
  });

  it('is an array without rows too', async () => {
    expect(await textOf(json, columns, [])).toBe('[]');
    expect(await textOf(ndjson, columns, [])).toBe('');
    expect(JSON.parse(await textOf(json, [], [[], [], []]))).toEqual([{}, {}, {}]);
  });

  it('keeps all values of columns that have one name', async () => {
    const text = await textOf(json, columnsNamed(['id', 'id', 'id_2', '', '', 'ID']), [
      ['1', 'a', null, '3', '4', '5'],
    ]);
    expect(JSON.parse(text)).toEqual([{ id: '1', id_3: 'a', id_2: null, '': '3', _2: '4', ID: '5' }]);
  });

  it('is valid whatever a server sends', async () => {
    const hostile = columnsOf(['n', 'integer'], ['j', 'json'], ['b', 'boolean'], ['t', 'text']);
    const rows = [
      ['007', '{broken', 'maybe', Buffer.from([0x61, 0xff, 0x22])],
      ['-', '', '', ''],
      ['.5', '1 2', 'f', 'x'],
    ];
    const { files, saved } = resultsUnderTest();
    const open = async () => new FakeRowStream(hostile, [encodedRows(rows)]);
    await files.saveRows(open, json, { ...workToTheEnd, suggestedName: 'x' });
    expect(JSON.parse(saved().toString())).toEqual([
      { n: '007', j: '{broken', b: 'maybe', t: 'a\ufffd"' },
      { n: '-', j: '', b: '', t: '' },
      { n: '.5', j: '1 2', b: false, t: 'x' },
    ]);
  });
});

describe('DialogFiles', () => {
  const columns = columnsNamed(['t']);
  const options = { ...workToTheEnd, suggestedName: 'x' };

  it('writes values of many megabytes whole', async () => {
    const long = `"${'aé€😀\n'.repeat(300_000)}`;
    for (const format of [csv(), json]) {
      const text = await textOf(format, columns, [[long], ['b']]);
      const expected =
        format === json
          ? JSON.stringify([{ t: long }, { t: 'b' }])
          : `t\n"${long.replaceAll('"', '""')}"\nb\n`;
      expect(format === json ? JSON.stringify(JSON.parse(text)) : text).toBe(expected);
    }
  });

  it('opens nothing when the dialog was closed', async () => {
    const { files, person } = resultsUnderTest();
    person.fileName = null;
    const open = () => Promise.reject(new Error('opened'));
    expect(await files.saveRows(open, json, options)).toBeNull();
  });

  it('leaves what was there, and nothing else, when the rows end with an error or are cancelled', async () => {
    const { files, savedIn, saved } = resultsUnderTest();
    writeFileSync(join(savedIn, 'file'), 'before');
    const failing = new FakeRowStream(columns, [encodedRows([['a']]), new Error('server gone')]);
    await expect(files.saveRows(async () => failing, json, options)).rejects.toThrow('server gone');
    const controller = new AbortController();
    function* batches() {
      yield encodedRows([['a']]);
      controller.abort();
      yield encodedRows([['b']]);
    }
    const cancelled = new FakeRowStream(columns, batches());
    const saving = files.saveRows(async () => cancelled, json, { ...options, signal: controller.signal });
    await expect(saving).rejects.toMatchObject({ code: 'CANCELLED' });
    expect([failing.isClosed, cancelled.isClosed]).toEqual([true, true]);
    expect(readdirSync(savedIn)).toEqual(['file']);
    expect(saved().toString()).toBe('before');
  });

  it('says why a file could not be written', async () => {
    const { files, savedIn, person } = resultsUnderTest();
    mkdirSync(join(savedIn, 'folder'));
    person.fileName = 'folder';
    const open = () => Promise.reject(new Error('opened'));
    await expect(files.saveRows(open, json, options)).rejects.toMatchObject({ code: 'FILE_FAILED' });
  });

  it('reports rows and bytes, and how many there were', async () => {
    const { files, clock } = resultsUnderTest();
    const reports: unknown[] = [];
    async function* batches() {
      for (let batch = 0; batch < 3; batch += 1) {
        await clock.advance(1_000);
        yield encodedRows([['ab'], ['cd']]);
      }
    }
    const open = async () => new FakeRowStream(columns, batches());
    const saved = await files.saveRows(open, csv(), {
      ...options,
      onProgress: (progress) => reports.push(progress),
    });
    expect(saved).toEqual({ fileName: 'file', rowCount: 6, byteCount: 20 });
    expect(reports).toEqual([
      { rowsDone: 2, rowsTotal: null, bytesDone: 8 },
      { rowsDone: 4, rowsTotal: null, bytesDone: 14 },
      { rowsDone: 6, rowsTotal: null, bytesDone: 20 },
    ]);
  });

  it('reads a file part by part', async () => {
    const { files, savedIn } = resultsUnderTest();
    const content = 'x'.repeat(600_000);
    writeFileSync(join(savedIn, 'file'), content);
    const file = await files.open();
    let length = 0;
    for (let part = await file?.read(); part !== null && part !== undefined; part = await file?.read())
      length += part.length;
    await file?.close();
    expect(length).toBe(content.length);
  });

  it('saves some rows and columns of a result', async () => {
    const { results, filled, saved } = resultsUnderTest();
    const rows = Array.from({ length: 20_000 }, (_, row) => [String(row), 'x', `t${row}`]);
    const { resultId } = await filled(columnsNamed(['n', 'x', 't']), encodedRows(rows));
    const input = {
      resultId,
      viewId: null,
      columns: [2, 0],
      rows: { from: 9_999, to: 10_000 },
      format: csv(),
      suggestedName: 'x',
    };
    expect(await results.save(input, workToTheEnd)).toMatchObject({ rowCount: 2 });
    expect(saved().toString()).toBe('t,n\nt9999,9999\nt10000,10000\n');
    await results.save({ ...input, columns: null, rows: null, format: ndjson }, workToTheEnd);
    expect(saved().toString().split('\n')).toHaveLength(20_001);
  });
});
