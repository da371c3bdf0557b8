import { type Pipeline, readingSchema, type WriteMode } from '../../../src/shared/model/pipelines.ts';
import { somePipeline } from '../somePipeline.ts';
import type { DataPlace } from './DataPlace.ts';

/** What becomes of a source between the first run of its pipeline and the second one. */
type SourceChange = 'grows' | 'changes' | 'shrinks' | 'stays';

interface CopyKind {
  readonly name: string;
  readonly mode: WriteMode;
  readonly reads: 'relation' | 'query' | 'new rows';
  readonly change: SourceChange;
}

/** The ways to copy a table; each gives what the source has at the end. */
const kinds: readonly CopyKind[] = [
  { name: 'append', mode: 'append', reads: 'relation', change: 'stays' },
  { name: 'upsert', mode: 'upsert', reads: 'relation', change: 'changes' },
  { name: 'incremental', mode: 'append', reads: 'new rows', change: 'grows' },
  { name: 'overwrite', mode: 'overwrite', reads: 'relation', change: 'shrinks' },
  { name: 'query', mode: 'append', reads: 'query', change: 'stays' },
  { name: 'mirror', mode: 'mirror', reads: 'relation', change: 'shrinks' },
];

/** A pipeline from one table to another, which has the same rows when all its runs are over. */
export interface Copy {
  readonly name: string;
  readonly pipeline: Pipeline;
  readonly from: DataPlace;
  readonly to: DataPlace;
  readonly table: string;
  readonly isMirror: boolean;
  /** Statements on the source before its second run; none: it runs once. */
  readonly changes: readonly string[];
}

export interface CopiesOptions {
  readonly from: DataPlace;
  /** In turns. */
  readonly to: readonly DataPlace[];
  readonly count: number;
  /** Of each table at first. */
  readonly rowCount: number;
}

/** Makes the tables and pipelines; of each kind about as many. */
export async function makeCopies({ from, to, count, rowCount }: CopiesOptions): Promise<Copy[]> {
  const copies: Copy[] = [];
  for (let index = 0; index < count; index += 1) {
    const kind = kinds[index % kinds.length];
    const place = to[(index + Math.floor(index / kinds.length)) % to.length];
    if (kind === undefined || place === undefined) continue;
    const table = `items_${index + 1}`;
    await from.rows(`CREATE TABLE ${table} (id bigint PRIMARY KEY, name text NOT NULL,
      amount numeric(12,2) NOT NULL, note text, day date NOT NULL)`);
    await from.rows(insertRows(table, 1, rowCount));
    const changes = changesOf(kind.change, table, rowCount);
    const isMirror = kind.mode === 'mirror';
    const pipeline = pipelineOf(kind, from, place, table);
    copies.push({ name: `${kind.name} ${index + 1}`, pipeline, from, to: place, table, isMirror, changes });
  }
  return copies;
}

const insertRows = (table: string, first: number, last: number): string =>
  `INSERT INTO ${table} SELECT i, 'Zürich ✓ ' || i, (i * 31 % 1000000) / 100.0,
    CASE WHEN i % 4 <> 0 THEN 'note ' || md5(i::text) END, date '2024-01-01' + (i % 1000)::int
    FROM generate_series(${first}::bigint, ${last}) i`;

function changesOf(change: SourceChange, table: string, rowCount: number): string[] {
  const more = insertRows(table, rowCount + 1, Math.floor(rowCount * 1.5));
  if (change === 'stays') return [];
  if (change === 'grows') return [more];
  if (change === 'changes') return [`UPDATE ${table} SET amount = amount + 1 WHERE id % 3 = 0`, more];
  return [`DELETE FROM ${table} WHERE id % 3 = 0`, more];
}

function pipelineOf(
  { name, mode, reads }: CopyKind,
  from: DataPlace,
  to: DataPlace,
  table: string,
): Pipeline {
  const source = { sourceId: from.source.id };
  const incremental = readingSchema.parse({ type: 'incremental', cursor: 'id', lookback: 0 });
  return somePipeline(
    { from: from.source.id, to: to.source.id },
    {
      name: `${name} ${table}`,
      source:
        reads === 'query'
          ? { ...source, type: 'query', text: `SELECT * FROM ${table} WHERE id > 0` }
          : { ...source, type: 'relation', relation: { schema: from.schema, name: table } },
      reading: reads === 'new rows' ? incremental : { type: 'full' },
      destination: {
        ...{ type: 'table', sourceId: to.source.id, table: { schema: to.schema, name: `to_${table}` } },
        ...{ mode, key: mode === 'upsert' || mode === 'mirror' ? ['id'] : [] },
      },
      schedule: { type: 'manual' },
      maxAttempts: 3,
    },
  );
}

/** Differences that a failing test shows of a table. */
const shownDifferences = 5;

/** What is not as it should be: rows that are missing, too many or others. Empty: the copy is exact. */
export async function differencesOf({ from, to, table, name, isMirror }: Copy): Promise<string[]> {
  const where = isMirror ? 'WHERE _deleted_at IS NULL' : '';
  const [source, copy] = await Promise.all([digestOf(from, table, ''), digestOf(to, `to_${table}`, where)]);
  if (source === copy) return [];
  const [expected, found] = await Promise.all([
    hashesOf(from, table, ''),
    hashesOf(to, `to_${table}`, where),
  ]);
  const ids = [...new Set([...expected.keys(), ...found.keys()])];
  const wrong = ids.filter((id) => String(expected.get(id)) !== String(found.get(id)));
  const shown = wrong.slice(0, shownDifferences).map((id) => {
    return `row ${id}: ${expected.get(id)?.length ?? 0} in the source, ${found.get(id)?.length ?? 0} in the copy`;
  });
  return [`${name}: ${wrong.length} rows differ (source ${source}, copy ${copy})`, ...shown];
}

/** Of a row; the same in each engine. */
const hash = `md5(concat_ws('|', id, name, amount, coalesce(note, '-'), day))`;

/** The number of rows, and a hash of the hashes of all of them. */
async function digestOf(place: DataPlace, table: string, where: string): Promise<string> {
  const [row] = await place.rows(
    `SELECT count(*), md5(${place.joined('hash')}) FROM (SELECT ${hash} AS hash FROM ${table} ${where}) AS hashes`,
  );
  return String(row);
}

async function hashesOf(place: DataPlace, table: string, where: string): Promise<Map<string, string[]>> {
  const hashes = new Map<string, string[]>();
  for (const [id, text] of await place.rows(`SELECT id, ${hash} FROM ${table} ${where} ORDER BY 1, 2`)) {
    hashes.set(String(id), [...(hashes.get(String(id)) ?? []), String(text)]);
  }
  return hashes;
}
