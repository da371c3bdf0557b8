import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { neverAborted } from '../../src/main/base/abort.ts';
import { InputBreak } from '../../src/main/base/async/InputBreak.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { DialogFiles } from '../../src/main/results/files/DialogFiles.ts';
import type { ResultWriter } from '../../src/main/results/Results.ts';
import { SpooledResults } from '../../src/main/results/SpooledResults.ts';
import { SpoolFolder } from '../../src/main/results/spool/SpoolFolder.ts';
import type { FileFormat } from '../../src/shared/model/results.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { fieldsFor } from '../support/postgresClusterFields.ts';
import { openSession } from '../support/postgresClusterSession.ts';
import { type Figure, median, timed } from './figures.ts';
import { bareDecoder } from './stream.ts';

const rowCount = 1_000_000;
const manyRows = 10_000_000;
const rounds = 3;
const windowRows = 200;
const rowsQuery = 'SELECT * FROM big';
const csv: FileFormat = {
  type: 'csv',
  options: {
    ...{ separator: ',', decimalComma: false, withHeader: true, withBom: false },
    ...{ lineEnd: '\n', nullText: '', escapesFormulas: false },
  },
};
const work = { signal: neverAborted };

/** A million rows of ten columns from a real server into the spool, and what a person then does with them. */
export async function measureResults(cluster: PostgresCluster): Promise<Figure[]> {
  await cluster.execute(`CREATE TABLE big AS SELECT i AS id, (i::int8 * 7919) % 1000003 AS n,
    'name-' || lpad(i::text, 15, '0') AS name, timestamptz '2024-01-01' + i * interval '7 seconds' AS at,
    ((i::int8 * 31) % 1000000) / 100.0 AS amount, i % 3 = 0 AS ok, md5(i::text)::uuid AS uid,
    jsonb_build_object('k', i % 100, 'tag', 't' || i % 17) AS doc, sqrt(i) AS score,
    CASE WHEN i % 4 = 0 THEN NULL ELSE 'note ' || md5((i::int8 * 3)::text) END AS note
    FROM generate_series(1, ${rowCount}) i`);
  const session = await openSession(fieldsFor(cluster), { password: cluster.password });
  const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
  const chosen = async () => join(folder, 'saved');
  const files = new DialogFiles({ dialogs: { chooseTarget: chosen, chooseSource: chosen }, clock });
  const results = new SpooledResults({
    ...{ folder: new SpoolFolder(join(folder, 'results')), files, inputBreak: new InputBreak(clock), clock },
    clipboard: { copyText: async () => undefined },
    quotingOf: () => null,
  });
  try {
    return [
      ...(await measureSpool(results, session, cluster)),
      ...(await measureUse(results, session)),
      ...(await measureManyRows(results, session)),
    ];
  } finally {
    await results.close();
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(results: SpooledResults, session: SqlConnection, text: string): Promise<ResultWriter> {
  const stream = await session.run({ text }, work);
  const writer = await results.create(stream.columns, 'bench');
  await writer.fill(stream, { ...work, rowLimit: null });
  return writer;
}

async function measureSpool(
  results: SpooledResults,
  session: SqlConnection,
  { host, port, user, password }: PostgresCluster,
): Promise<Figure[]> {
  const floor = await bareDecoder({ host, port, user, password, database: 'postgres' });
  // Code is compiled and the heap has its size.
  await results.drop((await fill(results, session, rowsQuery)).id);
  const alone = await watched(async () => results.drop((await fill(results, session, rowsQuery)).id));
  const spooled: number[] = [];
  const decoded: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    let id = '';
    const tookMs = await timed(async () => {
      id = (await fill(results, session, rowsQuery)).id;
    });
    await results.drop(id);
    spooled.push(rowCount / (tookMs / 1_000));
    decoded.push(rowCount / ((await timed(() => floor.read())) / 1_000));
  }
  await floor.dispose();
  const ratio = (median(spooled) / median(decoded)).toFixed(2);
  const reading = `${ratio} of a bare decoder (${(median(decoded) / 1_000).toFixed(0)}k; promised: 0.6)`;
  return [
    {
      name: `${rowCount} rows x 10 into the spool`,
      value: median(spooled),
      unit: 'rows/s',
      against: reading,
    },
    {
      name: 'spool, longest block of the event loop',
      value: alone.blockMs,
      unit: 'ms',
      against: 'while the rows are kept (promised: at most 25)',
    },
    {
      name: 'spool, growth of the memory',
      value: alone.growthBytes / 1024 / 1024,
      unit: 'MB',
      against: 'at its peak, over that before the first row (promised: at most 40)',
    },
  ];
}

async function measureUse(results: SpooledResults, session: SqlConnection): Promise<Figure[]> {
  const { id: resultId } = await fill(results, session, rowsQuery);
  const sort = [{ column: 1, descending: true }];
  let viewId: string | null = null;
  const sorting = await watched(async () => {
    ({ viewId } = await results.arrange({ resultId, sort, filters: [] }, work));
  });
  const saving = { resultId, viewId: null, columns: null, rows: null, format: csv, suggestedName: 'x' };
  const saved = await watched(() => results.save(saving, work));
  const ofView = await watched(() => results.save({ ...saving, viewId }, work));
  const windowMs = await measureWindows(results, resultId, viewId, rowCount);
  await results.drop(resultId);
  const block = ({ blockMs }: Watched) => `longest block of the event loop ${blockMs.toFixed(0)} ms`;
  const rate = ({ tookMs }: Watched) => rowCount / (tookMs / 1_000);
  return [
    { name: `sort ${rowCount} rows by a number`, value: sorting.tookMs, unit: 'ms', against: block(sorting) },
    { name: 'CSV from the spool', value: rate(saved), unit: 'rows/s', against: block(saved) },
    { name: 'CSV of a sorted view', value: rate(ofView), unit: 'rows/s', against: block(ofView) },
    {
      name: `window of ${windowRows} rows of a sorted view`,
      value: windowMs.median,
      unit: 'ms',
      against: `95 of 100 within ${windowMs.most.toFixed(1)} ms`,
    },
  ];
}

async function measureManyRows(results: SpooledResults, session: SqlConnection): Promise<Figure[]> {
  const text = `SELECT i AS id, 'name ' || i AS name FROM generate_series(1, ${manyRows}) i`;
  const { id: resultId } = await fill(results, session, text);
  const windowMs = await measureWindows(results, resultId, null, manyRows);
  await results.drop(resultId);
  return [
    {
      name: `window of ${windowRows} rows anywhere in ${manyRows}`,
      value: windowMs.median,
      unit: 'ms',
      against: `95 of 100 within ${windowMs.most.toFixed(1)} ms (promised: at most 10)`,
    },
  ];
}

async function measureWindows(
  results: SpooledResults,
  resultId: string,
  viewId: string | null,
  total: number,
) {
  const took: number[] = [];
  for (let turn = 0; turn < 100; turn += 1) {
    const fromRow = Math.floor(((turn * 61) % 100) * ((total - windowRows) / 100));
    const input = { resultId, viewId, fromRow, rowCount: windowRows, fromColumn: 0, columnCount: 10 };
    took.push(await timed(() => results.window(input)));
  }
  took.sort((left, right) => left - right);
  return { median: median(took), most: took[94] ?? Number.NaN };
}

interface Watched {
  readonly tookMs: number;
  readonly blockMs: number;
  readonly growthBytes: number;
}

/** What work does to the process. */
async function watched(run: () => Promise<unknown>): Promise<Watched> {
  const before = process.memoryUsage().rss;
  let most = before;
  const sampling = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 5);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const tookMs = await timed(run);
  delay.disable();
  clearInterval(sampling);
  return { tookMs, blockMs: delay.max / 1e6, growthBytes: most - before };
}
