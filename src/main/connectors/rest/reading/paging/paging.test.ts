import { describe, expect, it } from 'vitest';
import { someResource, someRestConfig } from '../../../../../../tests/support/rest/someRest.ts';
import { neverAborted } from '../../../../base/abort.ts';
import { Pace } from '../../../../base/async/Pace.ts';
import { systemClock } from '../../../../base/Clock.ts';
import type { IncomingAnswer } from '../../ApiSession.ts';
import { Redactor } from '../../client/Redactor.ts';
import { readJson } from '../../json/readJson.ts';
import { resourceRequest } from '../readPages.ts';
import { nextLink } from './linkHeader.ts';
import { Pagination } from './Pagination.ts';
import { withParameter } from './queryText.ts';

const pace = new Pace(systemClock, neverAborted);

/** The address after a page of an API behind https that names the next one like this. */
async function addressAfter(next: string): Promise<string | null> {
  const resource = someResource({
    path: '/items?size=2',
    pagination: { type: 'next-url', selector: 'next' },
  });
  const config = someRestConfig({ baseUrl: 'https://api.ex.test/v2', resources: [resource] });
  const session = () => ({
    config,
    isReadOnly: false,
    redactor: new Redactor(),
    send: () => Promise.reject(new Error('Nothing is sent.')),
  });
  const options = { session, resource, filters: [], scope: { values: new Map(), nowMs: 0 } };
  const build = (cursor: string | null) => resourceRequest(options, cursor);
  const pagination = new Pagination({ config, resource, build, pace });
  const { url } = await pagination.first();
  const { tape, roots } = await readJson(Buffer.from(JSON.stringify({ next })), pace);
  // Nothing else of it is read here.
  const answer = { url, headers: [], isIgnored: false } as unknown as IncomingAnswer;
  const page = { answer, document: { tape, root: roots[0] ?? -1 }, recordCount: 1 };
  return (await pagination.next(page))?.request.url.href ?? null;
}

describe('Pagination', () => {
  it('completes addresses that are relative, and never leaves https on the host of the API', async () => {
    const base = 'https://api.ex.test/v2/items';
    expect(await addressAfter('/v2/items?size=2&page=2')).toBe(`${base}?size=2&page=2`);
    expect(await addressAfter('?size=2&page=3')).toBe(`${base}?size=2&page=3`);
    expect(await addressAfter('items?size=2&page=4')).toBe(`${base}?size=2&page=4`);
    expect(await addressAfter('http://api.ex.test/v2/items?page=5')).toBe(`${base}?page=5`);
    expect(await addressAfter('https://api.ex.test/i?cursor=Ab%2B%2Fc%3D%3D')).toBe(
      'https://api.ex.test/i?cursor=Ab%2B%2Fc%3D%3D',
    );
  });
});

describe('withParameter', () => {
  it('replaces a parameter where it is, and leaves the encoding of the others', () => {
    expect(withParameter('a=%20&page=1&b=+&page=2', 'page', '3')).toBe('a=%20&page=3&b=+');
    expect(withParameter('', 'filter[a]', 'Ab+/c==')).toBe('filter%5Ba%5D=Ab%2B%2Fc%3D%3D');
    expect(withParameter('filter[a]=1', 'filter[a]', '2')).toBe('filter%5Ba%5D=2');
  });
});

describe('nextLink', () => {
  it.each([
    ['<https://x/2>; rel=next', 'https://x/2'],
    ['<a>; rel="prev", <b?x=1,2>; title="<c>; rel=next"; REL="last Next"', 'b?x=1,2'],
    ['<a>; rel="prev"; rel="next"', null],
    ['nonsense', null],
  ])('finds in %s: %s', (header, expected) => {
    expect(nextLink([['Link', header]])).toBe(expected);
  });
});
