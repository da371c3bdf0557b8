import type { Pagination, Resource } from '../../../../shared/model/resources.ts';
import { type FoundAnswer, type FoundRecords, selectorOf } from './findRecords.ts';
import { UnusablePart } from './References.ts';
import type { FoundParameter } from './readParameters.ts';
import type { SchemaReader, Shape } from './SchemaReader.ts';

/** How the pages of a resource follow each other, as far as the names in a document tell. */
export interface GuessedPages extends Pick<Resource, 'pagination' | 'stop' | 'totalSelector'> {
  /** Parameters that the pagination itself sets. */
  readonly taken: ReadonlySet<string>;
  /** A parameter that sets the size of a page without being part of the pagination, and a good value for it. */
  readonly size: { readonly parameter: string; readonly value: number } | null;
}

/** The size that is asked for when the document does not say how many there may be. */
const usualSize = 100;
const largestSize = 1_000;

const names = {
  size: ['limit', 'perpage', 'pagesize', 'size', 'maxresults', 'pagelimit', 'count', 'top', '$top', 'rows'],
  page: ['page', 'pagenumber', 'pageno', 'pageindex', 'pagenum', 'currentpage'],
  offset: ['offset', 'skip', '$skip', 'start', 'startat', 'startindex', 'from'],
  cursor: [
    ...['cursor', 'pagetoken', 'nexttoken', 'nextpagetoken', 'continuationtoken', 'continuation'],
    ...['nextcursor', 'pagecursor', 'startcursor', 'after', 'marker', 'scrollid', 'bookmark'],
  ],
  nextCursor: [
    ...['nextcursor', 'nextpagetoken', 'nexttoken', 'continuationtoken', 'continuation', 'nextpagecursor'],
    ...['endcursor', 'cursor', 'after', 'nextmarker', 'scrollid', 'bookmark', 'next'],
  ],
  nextUrl: ['nexturl', 'nextlink', '@odata.nextlink', '@nextlink', 'nextpageurl', 'nexthref', 'next'],
  more: ['hasmore', 'hasnext', 'hasnextpage', 'more', 'ismore'],
  total: [
    'total',
    'totalcount',
    'totalitems',
    'totalelements',
    'totalresults',
    'totalrecords',
    '@odata.count',
  ],
  wrappers: [
    'meta',
    'pagination',
    'paging',
    'pageinfo',
    'page',
    'links',
    '_links',
    'responsemetadata',
    'cursors',
  ],
} as const;

const plain = (name: string): string => name.toLowerCase().replace(/(?<=.)[_-]/g, '');

/** A member of an answer, at its top or one level down. */
interface Member {
  readonly name: string;
  readonly selector: string;
  readonly shape: Shape;
}

export function guessPages(
  reader: SchemaReader,
  answer: FoundAnswer,
  records: FoundRecords,
  parameters: readonly FoundParameter[],
): GuessedPages {
  const members = membersOf(reader, answer.schema);
  const query = parameters.filter(({ parameter }) => parameter.place === 'query');
  const pagination = records.isList ? paginationOf(answer, records, members, query) : noPages;
  const taken = new Set(parametersOf(pagination));
  const size = named(query, names.size);
  const more = member(members, names.more, ({ kind }) => kind === 'boolean');
  const isSizeFree = size !== null && !taken.has(size.parameter.name) && pagination.type !== 'none';
  return {
    pagination,
    stop: { maxPages: null, atShortPage: false, moreSelector: more?.selector ?? '' },
    totalSelector:
      member(members, names.total, ({ kind }) => kind === 'integer' || kind === 'number')?.selector ?? '',
    taken,
    size: isSizeFree ? { parameter: size.parameter.name, value: sizeOf(size) } : null,
  };
}

const noPages: Pagination = { type: 'none' };

function paginationOf(
  answer: FoundAnswer,
  records: FoundRecords,
  members: readonly Member[],
  query: readonly FoundParameter[],
): Pagination {
  const cursor = named(query, names.cursor)?.parameter.name;
  const next = member(members, names.nextCursor, isScalar);
  if (cursor !== undefined && next !== null) {
    return { type: 'cursor', selector: next.selector, parameter: cursor, place: 'query' };
  }
  if (answer.headers.has('link')) return { type: 'link' };
  const after = query.find(({ parameter }) => parameter.name === 'starting_after')?.parameter.name;
  if (after !== undefined && records.selector !== '') {
    return { type: 'cursor', selector: `${records.selector}[-1].id`, parameter: after, place: 'query' };
  }
  const url = member(members, names.nextUrl, (shape) => shape.kind === 'string' || shape.kind === 'mixed');
  if (url !== null) return { type: 'next-url', selector: url.selector };
  return numberedPages(query);
}

function numberedPages(query: readonly FoundParameter[]): Pagination {
  const size = named(query, names.size);
  const offset = named(query, names.offset);
  const page = named(query, names.page);
  if (page !== null) {
    const { fallback } = page.shape ?? {};
    const first = typeof fallback === 'number' ? fallback : (page.minimum ?? 1);
    return {
      type: 'page',
      parameter: page.parameter.name,
      first: Number.isInteger(first) && first >= 0 && first <= 1_000_000 ? first : 1,
      size: size === null ? null : { parameter: size.parameter.name, value: sizeOf(size) },
    };
  }
  if (offset === null || size === null) return noPages;
  return {
    type: 'offset',
    offsetParameter: offset.parameter.name,
    limitParameter: size.parameter.name,
    limit: sizeOf(size),
  };
}

/** As large as the document allows, so that there are few requests. */
function sizeOf({ shape, maximum }: FoundParameter): number {
  const fallback = typeof shape?.fallback === 'number' ? shape.fallback : usualSize;
  const wanted = maximum === null ? fallback : Math.min(maximum, largestSize);
  return Number.isInteger(wanted) && wanted >= 1 ? Math.min(wanted, 100_000) : usualSize;
}

const named = (parameters: readonly FoundParameter[], wanted: readonly string[]): FoundParameter | null =>
  wanted.flatMap((name) => parameters.filter(({ parameter }) => plain(parameter.name) === name))[0] ?? null;

const member = (
  members: readonly Member[],
  wanted: readonly string[],
  fits: (shape: Shape) => boolean,
): Member | null =>
  wanted.flatMap((name) => members.filter((one) => plain(one.name) === name && fits(one.shape)))[0] ?? null;

const isScalar = ({ kind, format }: Shape): boolean =>
  (kind === 'string' || kind === 'integer' || kind === 'number') && format !== 'uri' && format !== 'url';

function parametersOf(pagination: Pagination): string[] {
  switch (pagination.type) {
    case 'page':
      return [pagination.parameter, ...(pagination.size === null ? [] : [pagination.size.parameter])];
    case 'offset':
      return [pagination.offsetParameter, pagination.limitParameter];
    case 'cursor':
      return [pagination.parameter];
    default:
      return [];
  }
}

/** Members of the answer, and of the objects that tell about pages. */
function membersOf(reader: SchemaReader, schema: unknown): Member[] {
  try {
    const { shape, trail } = reader.enter(schema, []);
    const outer = [...shape.properties].map(([name, inner]) => ({
      name,
      selector: selectorOf(name),
      schema: inner,
      shape: reader.shapeOf(inner, trail),
    }));
    const inner = outer
      .filter(({ name, shape: found }) => found.kind === 'object' && isWrapper(name))
      .flatMap(({ selector, shape: found }) =>
        [...found.properties].map(([name, one]) => ({
          name,
          selector: `${selector}.${selectorOf(name)}`,
          shape: reader.shapeOf(one, trail),
        })),
      );
    return [...outer, ...inner];
  } catch (error) {
    if (error instanceof UnusablePart) return [];
    throw error;
  }
}

const isWrapper = (name: string): boolean => names.wrappers.some((wrapper) => wrapper === plain(name));
