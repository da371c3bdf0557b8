import { describe, expect, it } from 'vitest';
import type { Pagination, Parameter, ResourceColumn } from '../../../../src/shared/model/resources.ts';
import { TestApi } from '../../../support/rest/TestApi.ts';

const cursorIn = (place: 'query' | 'header' | 'body', parameter = 'cursor'): Pagination => ({
  ...{ type: 'cursor', selector: 'next_cursor', parameter, place },
});
const nextUrl: Pagination = { type: 'next-url', selector: 'next' };
const byPage = (size: number | null = null): Pagination => ({
  ...{ type: 'page', parameter: 'page', first: 1 },
  size: size === null ? null : { parameter: 'size', value: size },
});
const columns: ResourceColumn[] = [
  { name: 'id', path: ['id'], type: 'integer', isNullable: false, origin: 'personal', description: '' },
];
const withItems = { selector: 'items', columns };

const queryOf = (url: string | undefined) => new URL(url ?? '', 'http://x').searchParams;
const ids = (rows: readonly (readonly (string | null)[])[]) => rows.map(([id]) => Number(id));

describe('Pages by cursor', () => {
  it('stops at a cursor that was used before, with the rows of all pages once, and names it', async () => {
    const next: Record<string, string> = { '': 'A', A: 'B', B: 'A' };
    const page: Record<string, number> = { '': 1, A: 2, B: 3 };
    const api = await TestApi.start(({ url }) => {
      const cursor = queryOf(url).get('cursor') ?? '';
      return { items: [{ id: page[cursor] }], next_cursor: next[cursor] };
    });
    const { rows, error } = await api.read({ ...withItems, pagination: cursorIn('query') });
    // The row of the page that leads back is not lost either.
    expect(ids(rows)).toEqual([1, 2, 3]);
    expect(error).toMatchObject({ code: 'QUERY_FAILED', detail: expect.stringContaining('“A”') });
    expect(api.paths).toHaveLength(3);
  });

  it('sends a cursor exactly, in the query, a header or the body', async () => {
    const cursor = 'Ab+/c==';
    const seen: (string | null)[] = [];
    const api = await TestApi.start(({ headers, url }, _response, body) => {
      const parsed = (body === '' ? {} : JSON.parse(body)) as {
        page?: { after?: string };
        variables?: { after?: string };
      };
      const found =
        queryOf(url).get('cursor') ??
        headers['x-cursor'] ??
        parsed.page?.after ??
        parsed.variables?.after ??
        null;
      seen.push(String(found));
      return { items: [{ id: seen.length }], next_cursor: found === null ? cursor : null };
    });
    await api.read({ ...withItems, pagination: cursorIn('query') });
    expect(api.paths[1]).toBe('/items?cursor=Ab%2B%2Fc%3D%3D');
    await api.read({ ...withItems, pagination: cursorIn('header', 'x-cursor') });
    const json = { type: 'json', text: '{"big": 9223372036854775807}' } as const;
    await api.read({ ...withItems, method: 'POST', body: json, pagination: cursorIn('body', 'page.after') });
    const graphql = { type: 'graphql', query: '{ a }', variables: '{"after": null}' } as const;
    await api.read({ ...withItems, method: 'POST', body: graphql, pagination: cursorIn('body', 'after') });
    expect(seen).toEqual(['null', cursor, 'null', cursor, 'null', cursor, 'null', cursor]);
  });

  it.each([null, '', false])('ends at a cursor of %j', async (end) => {
    const api = await TestApi.start(() => ({ items: [{ id: 1 }], next_cursor: end }));
    expect(await api.read({ ...withItems, pagination: cursorIn('query') })).toMatchObject({
      rows: [['1']],
      error: null,
    });
  });
});

describe('Pages by address', () => {
  it('stops when the next address is the one that was just asked', async () => {
    const api = await TestApi.start(({ url }) => ({ items: [{ id: 1 }], next: url }));
    const { rows, error } = await api.read({ ...withItems, pagination: nextUrl });
    expect(rows).toEqual([['1']]);
    expect(error).toMatchObject({ detail: expect.stringContaining('/items') });
    expect(api.paths).toHaveLength(1);
  });

  it('follows addresses that are relative, and adds no parameter twice', async () => {
    const next = [
      '/v2/items?size=2&page=2',
      '?size=2&page=3',
      'items?size=2&page=4',
      '/v2/items?cursor=Ab%2B%2Fc%3D%3D',
      null,
    ];
    const api = await TestApi.start(() => ({
      items: [{ id: api.paths.length }],
      next: next[api.paths.length - 1],
    }));
    const size: Parameter = {
      ...{ name: 'size', place: 'query', value: '2', isRequired: false, isList: false },
      ...{ isExploded: true, description: '', choices: [] },
    };
    const { rows } = await api.read({
      ...withItems,
      path: '/v2/items',
      parameters: [size],
      pagination: nextUrl,
    });
    expect(api.paths).toEqual([
      '/v2/items?size=2',
      '/v2/items?size=2&page=2',
      '/v2/items?size=2&page=3',
      '/v2/items?size=2&page=4',
      '/v2/items?cursor=Ab%2B%2Fc%3D%3D',
    ]);
    expect(ids(rows)).toEqual([1, 2, 3, 4, 5]);
  });

  it('follows the Link header', async () => {
    const api = await TestApi.start((_, response) => {
      const count = api.paths.length;
      if (count < 3) {
        response.setHeader(
          'link',
          `</items?p=1>; rel="first", </items?p=${count + 1}, x>; title="a, b"; rel="next last"`,
        );
      }
      return [{ id: count }];
    });
    const { rows, error } = await api.read({ columns, pagination: { type: 'link' } });
    expect([ids(rows), error]).toEqual([[1, 2, 3], null]);
    expect(api.paths[1]).toBe('/items?p=2,%20x');
  });

  it('refuses addresses that are none', async () => {
    const api = await TestApi.start(() => ({ items: [{ id: 1 }], next: 'file:///etc/passwd' }));
    const { rows, error } = await api.read({ ...withItems, pagination: nextUrl });
    expect(rows).toEqual([['1']]);
    expect(error).toMatchObject({ message: 'The address of the next page cannot be used' });
  });
});

describe('Pages by number', () => {
  const sliced = (records: readonly unknown[], from: number, size: number) => ({
    items: records.slice(from, from + size),
  });
  const all = Array.from({ length: 5 }, (_, id) => ({ id }));

  it('reads to the first empty page', async () => {
    const api = await TestApi.start(({ url }) => sliced(all, (Number(queryOf(url).get('page')) - 1) * 2, 2));
    const { rows } = await api.read({ ...withItems, pagination: byPage(2) });
    expect(ids(rows)).toEqual([0, 1, 2, 3, 4]);
    expect(api.paths.at(-1)).toBe('/items?page=4&size=2');
  });

  it('ends at a short page, at a limit of pages, and where the API says that there is no more', async () => {
    const api = await TestApi.start(({ url }) => {
      const page = Number(queryOf(url).get('page'));
      return { ...sliced(all, (page - 1) * 2, 2), has_more: page < 2 };
    });
    const readWith = async (stop: { maxPages?: number; atShortPage?: boolean; moreSelector?: string }) => {
      api.paths.length = 0;
      const whole = { maxPages: null, atShortPage: false, moreSelector: '', ...stop };
      const { rows } = await api.read({ ...withItems, pagination: byPage(2), stop: whole });
      return [rows.length, api.paths.length];
    };
    expect(await readWith({ atShortPage: true })).toEqual([5, 3]);
    expect(await readWith({ maxPages: 2 })).toEqual([4, 2]);
    expect(await readWith({ moreSelector: 'has_more' })).toEqual([4, 2]);
  });

  it('begins behind the records that came, where the API gives fewer than were asked for', async () => {
    const api = await TestApi.start(({ url }) => sliced(all, Number(queryOf(url).get('offset')), 2));
    const pagination = {
      type: 'offset',
      offsetParameter: 'offset',
      limitParameter: 'limit',
      limit: 100,
    } as const;
    const { rows } = await api.read({ ...withItems, pagination });
    expect(ids(rows)).toEqual([0, 1, 2, 3, 4]);
  });

  it('stops at a page that repeats the first, with the rows once', async () => {
    const api = await TestApi.start(() => ({ now: api.paths.length, ...sliced(all, 0, 5) }));
    const { rows, error } = await api.read({ ...withItems, pagination: byPage() });
    expect(ids(rows)).toEqual([0, 1, 2, 3, 4]);
    expect(error).toMatchObject({ message: 'Reading stopped: page 2 is the same as page 1' });
    expect(api.paths).toHaveLength(2);
  });
});
