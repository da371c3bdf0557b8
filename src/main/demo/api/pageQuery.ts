import { type DemoResource, pageSizes, sizeParameterOf } from './demoResources.ts';

/** A statement with its parameters. */
export interface PageStatement {
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** What a request asks for: which page, and the statements that read it. */
export interface PageQuery {
  readonly size: number;
  /** From 1; 1 where pages have no numbers. */
  readonly page: number;
  /** Each row is one record as JSON text, one more than the size where there are more. */
  readonly records: PageStatement;
  /** Counts all that the filters let through; null where the answer does not tell. */
  readonly total: PageStatement | null;
}

/** Why a request cannot be answered; the text names the parameter. */
export class BadParameter extends Error {
  override readonly name = 'BadParameter';
}

const largestPage = 1_000_000;

/**
 * What reads the page that a request asks for. All names of tables and columns come from the resource, all values of the
 * request are parameters.
 * @param id of the path, where it has one; digits alone
 * @throws BadParameter
 */
export function pageQueryOf(resource: DemoResource, id: string | null, query: URLSearchParams): PageQuery {
  const sizeName = sizeParameterOf(resource);
  requireKnown(
    query,
    new Set([...resource.filters, sizeName, resource.paging === 'cursor' ? 'cursor' : 'page']),
  );
  const size = numberIn(query, sizeName, pageSizes.usual, pageSizes.largest);
  const page = resource.paging === 'cursor' ? 1 : numberIn(query, 'page', 1, largestPage);
  const after = resource.paging === 'cursor' ? idOfCursor(query.get('cursor')) : null;
  const { conditions, values } = conditionsOf(resource, id, query);
  const counted = {
    text: `SELECT count(*)::text AS record FROM ${resource.table}${whereOf(conditions)}`,
    values,
  };
  const read = after === null ? conditions : [...conditions, `id > $${values.length + 1}::bigint`];
  const readValues = after === null ? values : [...values, after];
  const columns = resource.columns.map(({ name }) => name).join(', ');
  const [limit, offset] = [`$${readValues.length + 1}::bigint`, `$${readValues.length + 2}::bigint`];
  return {
    size,
    page,
    records: {
      text: `SELECT row_to_json(found)::text AS record FROM (SELECT ${columns} FROM ${resource.table}${whereOf(read)} ORDER BY id LIMIT ${limit} OFFSET ${offset}) AS found`,
      values: [...readValues, size + 1, (page - 1) * size],
    },
    total: resource.paging === 'page' ? counted : null,
  };
}

/** The cursor behind a record. Base64 with all of its characters, as many APIs have it. */
export const cursorOf = (record: string): string =>
  Buffer.from(`after:${/"id":(\d+)/.exec(record)?.[1] ?? ''}`).toString('base64');

function idOfCursor(cursor: string | null): string | null {
  if (cursor === null || cursor === '') return null;
  const [, id] = /^after:(\d{1,18})$/.exec(Buffer.from(cursor, 'base64').toString('latin1')) ?? [];
  if (id === undefined) throw new BadParameter('cursor is none that this API has given');
  return id;
}

function conditionsOf(resource: DemoResource, id: string | null, query: URLSearchParams) {
  const compared = resource.filters.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [{ left: `${name}::text`, type: 'text', value }];
  });
  const { parentColumn } = resource;
  const parent = parentColumn === null ? [] : [{ left: parentColumn, type: 'bigint', value: id ?? '' }];
  const all = [...parent, ...compared];
  return {
    conditions: all.map(({ left, type }, index) => `${left} = $${index + 1}::${type}`),
    values: all.map(({ value }): string | number => value),
  };
}

const whereOf = (conditions: readonly string[]): string =>
  conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;

function requireKnown(query: URLSearchParams, known: ReadonlySet<string>): void {
  for (const name of query.keys()) {
    if (!known.has(name))
      throw new BadParameter(`There is no such parameter. Known are: ${[...known].join(', ')}`);
  }
}

function numberIn(query: URLSearchParams, name: string, usual: number, largest: number): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > largest) throw new BadParameter(`${name} must be a number from 1 to ${largest}`);
  return value;
}
