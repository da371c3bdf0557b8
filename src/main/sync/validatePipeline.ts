import { isAbsolute } from 'node:path';
import { engineOf } from '../../shared/engines/engines.ts';
import type { DataSource } from '../../shared/model/dataSource.ts';
import { type Destination, type Pipeline, unchosen } from '../../shared/model/pipelines.ts';

/** What a pipeline is checked against beyond its own shape. */
export interface PipelineSurroundings {
  readonly findSource: (id: string) => DataSource | null;
  /** Why its schedule cannot be kept; null when it can. */
  readonly scheduleProblem: (pipeline: Pipeline) => string | null;
  /** Whether a person chose the folder in main's dialog, or it is in a saved pipeline. */
  readonly isChosenFolder: (folder: string) => boolean;
}

/** All that is wrong with a pipeline, in sentences; empty when nothing is. */
export function pipelineProblems(pipeline: Pipeline, surroundings: PipelineSurroundings): string[] {
  const schedule = surroundings.scheduleProblem(pipeline);
  return [
    ...sourceProblems(pipeline, surroundings),
    ...destinationProblems(pipeline, surroundings),
    ...readingProblems(pipeline),
    ...columnProblems(pipeline),
    ...keyProblems(pipeline),
    ...(schedule === null ? [] : [schedule]),
  ];
}

function sourceProblems({ source }: Pipeline, { findSource }: PipelineSurroundings): string[] {
  const dataSource = findSource(source.sourceId);
  if (dataSource === null) return [goneText('source', source.sourceId)];
  const canQuery = source.type !== 'query' || engineOf(dataSource.engine.kind).capabilities.sql;
  return canQuery ? [] : [`“${dataSource.name}” takes no SQL queries.`];
}

function destinationProblems(
  { source, destination }: Pipeline,
  { findSource, isChosenFolder }: PipelineSurroundings,
): string[] {
  if (destination.type === 'file') return fileProblems(destination, isChosenFolder);
  const { sourceId, table } = destination;
  const dataSource = findSource(sourceId);
  if (dataSource === null) return [goneText('destination', sourceId)];
  const { name, engine, readOnly } = dataSource;
  const problems: string[] = [];
  if (!engineOf(engine.kind).capabilities.write) problems.push(`“${name}” has no tables to write to.`);
  else if (readOnly) problems.push(`“${name}” is read-only in Mooring, and nothing can be written to it.`);
  const isSame =
    source.type === 'relation' &&
    source.sourceId === sourceId &&
    source.relation.schema === table.schema &&
    source.relation.name === table.name;
  if (isSame) problems.push('A table cannot be copied into itself.');
  return problems;
}

const goneText = (part: 'source' | 'destination', id: string): string =>
  id === unchosen.sourceId
    ? `Choose the data source of the ${part}.`
    : `The data source of the ${part} no longer exists.`;

function fileProblems(
  { folder, name }: Extract<Destination, { readonly type: 'file' }>,
  isChosen: (folder: string) => boolean,
): string[] {
  const problems: string[] = [];
  if (!isAbsolute(folder) || !isChosen(folder)) problems.push('Choose the folder for the file.');
  const fixed = name.replaceAll(/\{(date|time|run)\}/g, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no file system should be given any of them
  if (/[/\\:*?"<>|{}\u0000-\u001f]/.test(fixed)) {
    problems.push(
      'The name of the file can have {date}, {time} and {run}, but none of / \\ : * ? " < > | and no other braces.',
    );
  }
  if (/^\.|[. ]$/.test(name)) {
    problems.push('The name of the file cannot begin with a point, or end with a point or a space.');
  }
  return problems;
}

function readingProblems({ reading, destination, shape, filters }: Pipeline): string[] {
  const problems: string[] = [];
  const isKnown = (name: string) => shape.length === 0 || shape.some((column) => column.name === name);
  for (const { column } of filters) {
    if (!isKnown(column)) problems.push(`The source has no column “${column}” to filter by.`);
  }
  if (reading.type === 'full') return problems;
  if (!isKnown(reading.cursor)) problems.push(`The source has no column “${reading.cursor}” as a cursor.`);
  const mode = destination.type === 'table' ? destination.mode : 'append';
  if (mode === 'overwrite')
    problems.push('Overwriting needs a full reading: new rows alone would replace all others.');
  if (mode === 'mirror') problems.push('A mirror needs a full reading: only that says which rows are gone.');
  if (mode === 'append' && reading.lookback > 0) {
    problems.push(
      'A look-back needs a table and the mode upsert: rows that are read again would be there twice.',
    );
  }
  return problems;
}

function columnProblems({ columns, shape }: Pipeline): string[] {
  const problems: string[] = [];
  const names = new Set<string>();
  for (const { name, origin } of columns ?? []) {
    if (names.has(name)) problems.push(`There are two columns “${name}”.`);
    names.add(name);
    if (origin.type !== 'column' && origin.type !== 'json') continue;
    const isKnown = shape.length === 0 || shape.some((column) => column.name === origin.name);
    if (!isKnown) problems.push(`The source has no column “${origin.name}”, from which “${name}” is made.`);
  }
  return problems;
}

function keyProblems({ columns, destination, shape }: Pipeline): string[] {
  if (destination.type === 'file') return [];
  const { mode, key } = destination;
  if (mode !== 'upsert' && mode !== 'mirror') return [];
  if (key.length === 0) return [`The mode ${mode} needs a key: the columns that tell rows apart.`];
  const problems = new Set(key).size === key.length ? [] : ['A column stands in the key twice.'];
  const names = new Set((columns ?? shape).map(({ name }) => name));
  const missing = names.size === 0 ? [] : key.filter((name) => !names.has(name));
  return [...problems, ...missing.map((name) => `The column “${name}” of the key is not copied.`)];
}
