import { describe, expect, it } from 'vitest';
import { someRestConfig } from '../../../../../tests/support/rest/someRest.ts';
import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { Parameter, RequestBody } from '../../../../shared/model/resources.ts';
import { readWhole } from '../../../base/files/readWhole.ts';
import { buildRequest, type RequestParts } from './buildRequest.ts';

const scope = { values: new Map(), nowMs: 0 };
const config = someRestConfig({ baseUrl: 'https://api.ex.test/v2' });

const parameter = (
  name: string,
  place: Parameter['place'],
  value: string,
  more: Partial<Parameter> = {},
) => ({
  ...{ name, place, value, isRequired: false, isList: false, isExploded: true, description: '', choices: [] },
  ...more,
});

const built = (parts: Partial<RequestParts>, used: RestConfig = config) =>
  buildRequest(
    used,
    { method: 'GET', path: '/items', parameters: [], body: { type: 'none' }, ...parts },
    scope,
  );

const urlOf = async (parts: Partial<RequestParts>) => (await built(parts)).url;

const bodyOf = async (body: RequestBody) => {
  const request = await built({ method: 'POST', body });
  return { type: request.body?.contentType, text: request.body?.bytes.toString() };
};

describe('buildRequest', () => {
  it('encodes values of the path once, and leaves what a person wrote', async () => {
    const values = [
      parameter('path', 'path', 'a/b #1?.txt'),
      parameter('q', 'path', 'Paris'),
      parameter('ext', 'path', 'json'),
    ];
    const pathOf = async (path: string) =>
      (await urlOf({ path, parameters: values })).href.slice('https://api.ex.test'.length);
    expect(await pathOf('/files/{path}/meta')).toBe('/v2/files/a%2Fb%20%231%3F.txt/meta');
    expect(await pathOf('/docs:export')).toBe('/v2/docs:export');
    expect(await pathOf('/geo/{q}.{ext}')).toBe('/v2/geo/Paris.json');
    expect(await pathOf('items')).toBe('/v2/items');
    expect(await pathOf('/items?size=2')).toBe('/v2/items?size=2');
  });

  it('sends values of the query exactly, lists in both ways, whatever the path has', async () => {
    const query = [
      parameter('q', 'query', 'a b+c&d=é'),
      parameter('tags', 'query', 'x\ny', { isList: true }),
      parameter('joined', 'query', 'x\ny', { isList: true, isExploded: false }),
      parameter('filter[state]', 'query', 'open'),
      parameter('left', 'query', ''),
    ];
    const plain = await urlOf({ parameters: query });
    expect([...plain.searchParams]).toEqual([
      ['q', 'a b+c&d=é'],
      ['tags', 'x'],
      ['tags', 'y'],
      ['joined', 'x,y'],
      ['filter[state]', 'open'],
    ]);
    expect(plain.search).toContain('q=a%20b%2Bc%26d%3D%C3%A9&tags=x&tags=y&joined=x,y');
    const withPath = await urlOf({ path: '/{id}', parameters: [...query, parameter('id', 'path', '%20+')] });
    expect(withPath.search).toBe(plain.search);
    expect(withPath.pathname).toBe('/v2/%2520%2B');
  });

  it('refuses values that would lead elsewhere, and parameters that are missing', async () => {
    const withId = (value: string) =>
      urlOf({ path: '/a/{id}/b', parameters: [parameter('id', 'path', value)] });
    await expect(withId('..')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(withId('')).rejects.toMatchObject({ message: 'The parameter “id” has no value' });
    await expect(
      urlOf({ path: '/{other}', parameters: [parameter('id', 'path', '1')] }),
    ).rejects.toMatchObject({
      message: 'The path contains {other}, which is no parameter',
      detail: 'There are: id.',
    });
    const required = [parameter('q', 'query', '', { isRequired: true })];
    await expect(urlOf({ parameters: required })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const header = [parameter('X-A', 'header', 'a\r\nX-B: c')];
    await expect(built({ parameters: header })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('takes variables and the query of the configuration', async () => {
    const used = someRestConfig({
      baseUrl: 'https://api.ex.test/',
      variables: [{ name: 'site', value: 'eu/1' }],
      query: [{ name: 'v', value: '{{ config.site }}' }],
    });
    const request = await built(
      { path: '/{{ config.site }}', headers: [{ name: 'X-Site', value: '{{ config.site }}' }] },
      used,
    );
    expect(request.url.href).toBe('https://api.ex.test/eu%2F1?v=eu%2F1');
    expect(request.headers).toContainEqual(['X-Site', 'eu/1']);
  });

  it('writes bodies of JSON, forms and GraphQL', async () => {
    expect(await bodyOf({ type: 'json', text: '{"a": 1.50}' })).toEqual({
      type: 'application/json',
      text: '{"a": 1.50}',
    });
    expect(await bodyOf({ type: 'form', fields: [{ name: 'a b', value: 'c&d+' }] })).toEqual({
      type: 'application/x-www-form-urlencoded',
      text: 'a%20b=c%26d%2B',
    });
    const graphql = await bodyOf({ type: 'graphql', query: '{ a }', variables: '' });
    expect(JSON.parse(graphql.text ?? '')).toEqual({ query: '{ a }', variables: {} });
    await expect(bodyOf({ type: 'json', text: '{' })).rejects.toMatchObject({
      message: 'The body is not valid JSON',
    });
  });

  it('writes multipart bodies with a boundary of their own, and says which file is missing', async () => {
    const body: RequestBody = {
      type: 'multipart',
      parts: [
        { name: 'meta', contentType: 'application/json', content: { type: 'text', text: '{"a":1}' } },
        { name: 'doc', contentType: '', content: { type: 'file', path: '/home/me/report 1.pdf' } },
      ],
    };
    const parts: RequestParts = { method: 'POST', path: '/', parameters: [], body };
    const request = await buildRequest(config, parts, scope, async () => Buffer.from('PDF'));
    const boundary = /boundary=(.+)$/.exec(request.body?.contentType ?? '')?.[1];
    expect(request.body?.bytes.toString()).toBe(
      [
        `--${boundary}`,
        'Content-Disposition: form-data; name="meta"',
        'Content-Type: application/json',
        '',
        '{"a":1}',
        `--${boundary}`,
        'Content-Disposition: form-data; name="doc"; filename="report 1.pdf"',
        'Content-Type: application/octet-stream',
        '',
        'PDF',
        `--${boundary}--`,
        '',
      ].join('\r\n'),
    );
    await expect(buildRequest(config, parts, scope, (path) => readWhole(path, 1_000))).rejects.toMatchObject({
      code: 'FILE_FAILED',
      detail: expect.stringContaining('report 1.pdf'),
    });
  });
});
