import type { Resource, ResourceColumn } from '../../../../../shared/model/resources.ts';
import type { Pace } from '../../../../base/async/Pace.ts';
import { type JsonTape, tokenKinds } from '../../json/JsonTape.ts';
import { plainTextOf, valueOfKey } from '../../json/jsonText.ts';
import type { RecordSet } from '../selecting/RecordSet.ts';
import { FieldSample } from './FieldSample.ts';

/** Records that are looked at. */
export const sampleSize = 1_000;
/** Most columns of a resource, one for the rest left out. */
const maxColumns = 1_599;
/** Objects with more fields than this, or with other fields in each record, are maps: they stay JSON. */
const maxFlattened = 40;
const leastShare = 0.25;

/** A record that is no object counts as one with this field. */
export const scalarField = 'value';

export interface InferredColumns {
  readonly columns: ResourceColumn[];
  /** What is odd about the sample, in plain words. */
  readonly warnings: string[];
}

/**
 * Columns of the first records: all fields in the order in which they were seen first, objects flattened by one level.
 * @throws the reason of the pace's signal
 */
export async function inferColumns(
  records: RecordSet,
  resource: Pick<Resource, 'keyColumn' | 'primaryKey'>,
  pace: Pace,
): Promise<InferredColumns> {
  const { tape, keys } = records;
  const tokens = records.tokens.slice(0, sampleSize);
  const sample = new FieldSample();
  let hasRepeatedKeys = false;
  for (const token of tokens) {
    if (pace.isOver) await pace.rest();
    if (tape.kind(token) !== tokenKinds.object) sample.field(scalarField).add(tape, token, 0);
    else if (sample.addFields(tape, token, 1)) hasRepeatedKeys = true;
  }
  const fields = columnsOf(sample, tokens.length);
  const key = keys === null || resource.keyColumn === null ? [] : [keyColumn(resource.keyColumn)];
  const columns = uniquelyNamed([...key, ...fields]).slice(0, maxColumns);
  const warnings = [
    ...(hasRepeatedKeys ? ['Some records contain a key twice. The last value counts.'] : []),
    ...mixedWarning(sample),
    ...keyWarnings(tape, tokens, resource.primaryKey, columns),
  ];
  return { columns, warnings };
}

const keyColumn = (name: string): ResourceColumn => ({
  ...{ name, path: [], type: 'text', isNullable: false, origin: 'inferred', description: '' },
});

function columnsOf(sample: FieldSample, recordCount: number): ResourceColumn[] {
  return [...sample.fields].flatMap(([name, field]) =>
    isFlattened(field)
      ? [...field.fields].map(([inner, innerField]) =>
          columnOf([name, inner], innerField, innerField.valueCount < recordCount),
        )
      : columnOf([name], field, field.valueCount < recordCount),
  );
}

const columnOf = (path: string[], { type }: FieldSample, isNullable: boolean): ResourceColumn => ({
  name: path.join('.') || '(empty)',
  path,
  // Nothing but null: a text holds whatever comes.
  type: type ?? 'text',
  isNullable,
  origin: 'inferred',
  description: '',
});

function isFlattened({ fields, objectCount, valueCount }: FieldSample): boolean {
  if (objectCount === 0 || objectCount < valueCount || fields.size === 0 || fields.size > maxFlattened)
    return false;
  const present = [...fields.values()].reduce((sum, field) => sum + field.valueCount, 0);
  return present === 0 || objectCount < 4 || present / (fields.size * objectCount) >= leastShare;
}

/** A field that is called like one before it gets a number. */
function uniquelyNamed(columns: readonly ResourceColumn[]): ResourceColumn[] {
  const names = new Set<string>();
  return columns.map((column) => {
    const base = column.name.slice(0, 290);
    let name = column.name.length > 290 ? base : column.name;
    for (let number = 2; names.has(name); number += 1) name = `${base}_${number}`;
    names.add(name);
    return { ...column, name };
  });
}

function mixedWarning(sample: FieldSample): string[] {
  const mixed = [...sample.fields].flatMap(([name, field]) =>
    field.isMixed ? [`“${name.slice(0, 60)}”`] : [],
  );
  if (mixed.length === 0) return [];
  return [`Values of different types, read as JSON: ${mixed.slice(0, 5).join(', ')}.`];
}

/** @returns why the primary key is none in these records */
function keyWarnings(
  tape: JsonTape,
  tokens: readonly number[],
  primaryKey: readonly string[],
  columns: readonly ResourceColumn[],
): string[] {
  if (primaryKey.length === 0) return [];
  const paths = primaryKey.map((name) => columns.find((column) => column.name === name)?.path ?? null);
  const missing = primaryKey.filter((_, index) => paths[index] === null);
  if (missing.length > 0) return [`The primary key names columns that do not exist: ${missing.join(', ')}.`];
  // The key that a record stood under is unique by itself.
  if (paths.some((path) => path?.length === 0)) return [];
  const seen = new Set<string>();
  for (const token of tokens) {
    const key = JSON.stringify(paths.map((path) => plainAt(tape, token, path ?? [])));
    if (seen.has(key)) return [`The primary key is not unique: ${key.slice(0, 100)} comes twice.`];
    seen.add(key);
  }
  return [];
}

/** The text at a path in a record; null where there is nothing. */
function plainAt(tape: JsonTape, record: number, path: readonly string[]): string | null {
  if (tape.kind(record) !== tokenKinds.object)
    return path[0] === scalarField ? plainTextOf(tape, record) : null;
  let token = record;
  for (const name of path) {
    token = valueOfKey(tape, token, name);
    if (token < 0) return null;
  }
  return plainTextOf(tape, token);
}
