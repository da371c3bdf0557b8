import type { ApiDocument } from '../../../../shared/model/requests.ts';
import {
  newResource,
  type Parameter,
  type RequestBody,
  type Resource,
  type ResourceColumn,
  resourceSchema,
} from '../../../../shared/model/resources.ts';
import { type FoundAnswer, type FoundRecords, findAnswer, findRecords } from './findRecords.ts';
import { type GuessedPages, guessPages } from './guessPages.ts';
import { clipped, type JsonObject, listIn, memberOf, objectIn, textIn } from './JsonTree.ts';
import { groupName, resourceName } from './names.ts';
import { type References, UnusablePart } from './References.ts';
import { readColumns } from './readColumns.ts';
import { type FoundParameter, readParameters } from './readParameters.ts';
import type { SchemaReader } from './SchemaReader.ts';

export type DocumentOperation = ApiDocument['operations'][number];

/** An operation as it stands in the document. */
export interface WrittenOperation {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly pathItem: JsonObject;
  readonly operation: JsonObject;
}

const maxWarnings = 20;

/**
 * An operation as a resource. What cannot be read of it becomes a warning: the rest is read all the same.
 * @returns null for one that is no source of records
 */
export function readOperation(
  references: References,
  reader: SchemaReader,
  written: WrittenOperation,
): DocumentOperation | null {
  if (written.method === 'POST' && !isSearch(written)) return null;
  const warnings = new Set<string>();
  const warn = (warning: string): void => void warnings.add(clipped(warning, 500));
  const answer = attempt(warn, () => findAnswer(references, written.operation));
  // One whose answer cannot be read is shown with the reason; one that answers no JSON is none for us.
  if (answer === null && (written.method === 'POST' || warnings.size === 0)) return null;
  const { path, pathItem, operation } = written;
  const parameters = attempt(warn, () => readParameters(references, reader, pathItem, operation, warn)) ?? [];
  const read = answer === null ? null : readAnswer(reader, answer, path, parameters, warn);
  if ([operation, pathItem].some((owner) => listIn(owner, 'servers').length > 0)) {
    warn('It has a server of its own, which is not taken: check the base URL.');
  }
  const resource = resourceSchema.safeParse({
    ...newResource,
    ...wordsOf(written),
    method: written.method,
    parameters: finished(parameters, read, warn),
    body: attempt(warn, () => bodyOf(references, written)) ?? newResource.body,
    ...(answer?.isNdjson === true && { format: 'ndjson' }),
    ...(read !== null && ofAnswer(read, parameters)),
  });
  if (!resource.success) return null;
  const isLikely = read?.records.isList === true && written.method === 'GET';
  return { resource: resource.data, warnings: [...warnings].slice(0, maxWarnings), isLikely };
}

function attempt<Value>(warn: (warning: string) => void, read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UnusablePart)) throw error;
    warn(error.message);
    return null;
  }
}

/** Requests that only read although they have a body. */
const isSearch = ({ path, operation }: WrittenOperation): boolean =>
  /(?:^|[/:_-])(?:search|query|find|list|filter)$/i.test(path) ||
  /search|query/i.test(textIn(operation, 'operationId', 200));

function wordsOf({ path, operation }: WrittenOperation): Partial<Resource> {
  const [tag] = listIn(operation, 'tags');
  const [summary, description] = [textIn(operation, 'summary', 500), textIn(operation, 'description', 4_000)];
  return {
    name: resourceName(textIn(operation, 'operationId', 200), summary, path),
    group: groupName(typeof tag === 'string' ? clipped(tag, 128) : '', path),
    description: clipped([summary, description].filter((text) => text !== '').join('. '), 4_000),
    path,
  };
}

interface ReadAnswer {
  readonly records: FoundRecords;
  readonly columns: ResourceColumn[] | null;
  readonly pages: GuessedPages;
}

function readAnswer(
  reader: SchemaReader,
  answer: FoundAnswer,
  path: string,
  parameters: readonly FoundParameter[],
  warn: (warning: string) => void,
): ReadAnswer | null {
  const [last = ''] = path
    .split('/')
    .filter((part) => part !== '' && !part.startsWith('{'))
    .slice(-1);
  return attempt(warn, () => {
    const records = findRecords(reader, answer.schema, last.toLowerCase());
    const columns =
      answer.schema === undefined ? [] : readColumns(reader, records.record, records.trail, warn);
    const pages = guessPages(reader, answer, records, parameters);
    // A record of which nothing is said is looked at when it is read.
    const isKnown =
      columns.length > 0 && !columns.every(({ name, type }) => name === 'value' && type === 'json');
    return { records, columns: isKnown ? columns : null, pages };
  });
}

const keyColumn: ResourceColumn = {
  name: 'key',
  path: [],
  type: 'text',
  isNullable: false,
  origin: 'document',
  description: '',
};

function ofAnswer(
  { records, columns, pages }: ReadAnswer,
  parameters: readonly FoundParameter[],
): Partial<Resource> {
  const { pagination, stop, totalSelector } = pages;
  const names = new Set(columns?.map(({ name }) => name));
  const key = ['id', '_id', 'uuid'].find((name) => names.has(name));
  const hasKey = records.hasKeys && !names.has(keyColumn.name);
  return {
    ...{ pagination, stop, totalSelector },
    selector: records.selector,
    keyColumn: hasKey ? keyColumn.name : null,
    columns: columns !== null && hasKey ? [keyColumn, ...columns] : columns,
    primaryKey: hasKey ? [keyColumn.name] : key === undefined || !records.isList ? [] : [key],
    filters: parameters
      .map(({ parameter }) => parameter)
      .filter(
        ({ name, place, isList }) =>
          place === 'query' && !isList && names.has(name) && !pages.taken.has(name),
      )
      .map(({ name }) => ({ column: name, operator: 'equals' as const, parameter: name }))
      .slice(0, 100),
  };
}

/** What the pagination sets itself is left out. */
function finished(
  parameters: readonly FoundParameter[],
  read: ReadAnswer | null,
  warn: (warning: string) => void,
): Parameter[] {
  const { taken, size } = read?.pages ?? { taken: new Set(), size: null };
  const kept = parameters
    .map(({ parameter }) => parameter)
    .filter(({ name, place }) => place !== 'query' || !taken.has(name))
    .map((parameter) =>
      parameter.name === size?.parameter ? { ...parameter, value: String(size.value) } : parameter,
    );
  if (read?.columns === null) {
    warn('The document does not say what its records have: columns come from a sample.');
  }
  return kept;
}

/** The body of a search: its example, or the defaults of its schema. */
function bodyOf(references: References, { method, operation }: WrittenOperation): RequestBody {
  const written = memberOf(operation, 'requestBody');
  if (method === 'GET' || written === undefined) return { type: 'none' };
  const content = objectIn(references.resolve(written), 'content') ?? {};
  const type = Object.keys(content).find((name) => /json/i.test(name));
  if (type === undefined) return { type: 'none' };
  const [first] = Object.values(objectIn(content[type], 'examples') ?? {});
  const schema = memberOf(content[type], 'schema');
  const resolved = schema === undefined ? {} : references.resolve(schema);
  const example =
    memberOf(content[type], 'example') ?? memberOf(first, 'value') ?? memberOf(resolved, 'example');
  const text = JSON.stringify(example ?? {}, null, 2);
  return { type: 'json', text: text.length > 1_000_000 || text.includes('{{') ? '{}' : text };
}
