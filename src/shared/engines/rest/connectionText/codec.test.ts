import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accepted, readAny, reported } from '../../../../../tests/support/connectionTexts.ts';
import { configParts, itReadsBack } from '../../../../../tests/support/connectionUrlProperties.ts';
import { isMisplacedText } from '../../codecs.ts';
import type { RestConfig } from '../config.ts';
import { restConfigSchema } from '../config.ts';
import { restForm } from '../form.ts';
import { restCodec } from './codec.ts';

const fieldsOf = (text: string) => {
  const { kind, values, secrets } = accepted(text);
  expect(kind).toBe('rest');
  return { ...values, ...secrets };
};

describe('the URL of an API', () => {
  it('is its base URL', () => {
    expect(fieldsOf(' https://API.ex.test/v1/ ')).toEqual({
      ...{
        baseUrl: 'https://api.ex.test/v1',
        auth: 'none',
        user: '',
        keyPlace: 'header',
        keyName: 'X-API-Key',
      },
      ...{ tlsMode: 'verify-full', caPem: '' },
    });
  });

  it('may hold a user and a password, or a key', () => {
    expect(fieldsOf('https://ann:p%40w@api.ex.test:8443')).toMatchObject({
      ...{ baseUrl: 'https://api.ex.test:8443', auth: 'basic', user: 'ann', password: 'p@w' },
    });
    expect(fieldsOf('https://api.ex.test/v2?api_key=abc')).toMatchObject({
      ...{ baseUrl: 'https://api.ex.test/v2', auth: 'api-key', keyPlace: 'query', keyName: 'api_key' },
      apiKey: 'abc',
    });
  });

  it('loses its query, which is said, and says that http is not encrypted', () => {
    const { leftOut, notes } = accepted('http://localhost:3000/api?page=2#top');
    expect(leftOut).toEqual([{ name: 'the query', reason: 'it belongs to single requests' }]);
    expect(notes).toEqual(['Plain http is not encrypted.']);
  });

  it.each([
    'https://',
    'https://ann:p/w@api.ex.test',
    'https://a b',
    'https://{region}.ex.test',
    'https://ann:%zz@x',
  ])('is refused when it cannot be read for sure: %s', (text) =>
    expect(readAny(text)).toMatchObject({ ok: false, form: 'the URL of an API' }),
  );

  it('is no other engine’s, and theirs is no API’s', () => {
    for (const [text, kind] of [
      ['postgres://ann@db/shop', 'postgres'],
      ['jdbc:mysql://db/shop', 'mysql'],
      ['curl https://api.ex.test', 'rest'],
    ] as const) {
      expect(accepted(text).kind).toBe(kind);
    }
  });

  it('may stay in a field for addresses, unless it holds a secret', () => {
    expect(isMisplacedText('https://login.ex.test/token')).toBe(false);
    expect(isMisplacedText('https://ann:pw@api.ex.test')).toBe(true);
    expect(isMisplacedText('https://api.ex.test?api_key=abc')).toBe(true);
    expect(isMisplacedText('curl https://api.ex.test')).toBe(true);
  });
});

describe('a curl command', () => {
  it('is the API, its login and its first resource', () => {
    const text = `curl 'https://api.ex.test/v1/users?active=true' -H 'Authorization: Bearer abc' -H 'Accept-Language: de'`;
    const { resources, ...fields } = fieldsOf(text);
    expect(fields).toMatchObject({ baseUrl: 'https://api.ex.test/v1', auth: 'bearer', token: 'abc' });
    expect(JSON.parse(String(resources))).toMatchObject([
      {
        ...{ name: 'users', path: '/users', method: 'GET' },
        parameters: [
          { name: 'active', value: 'true', place: 'query' },
          { name: 'Accept-Language', value: 'de', place: 'header' },
        ],
      },
    ]);
  });

  it('is only the API when its request may change something', () => {
    const { values, leftOut } = accepted(`curl https://api.ex.test/users -d '{"a":1}'`);
    expect(values).not.toHaveProperty('resources');
    expect(leftOut).toEqual([{ name: 'the request', reason: 'it may change something' }]);
  });

  it('makes a configuration that can be saved', () => {
    const { values } = accepted('curl https://api.ex.test/api/v2/things/{id}');
    const config = restForm.configOf({ ...restForm.valuesOf(null), ...values });
    expect(restConfigSchema.safeParse(config).error).toBeUndefined();
    expect(config.baseUrl).toBe('https://api.ex.test/api/v2');
  });

  it('never tells its secret', () => {
    const texts = [
      `curl 'https://§@api.ex.test`,
      'curl https://a.test -u ann:§',
      `curl https://a.test?token=§ -H 'X-Key: §'`,
    ];
    for (const text of texts) expect(reported(text)).not.toContain('§');
  });
});

describe('the URL of a configuration', () => {
  const config: fc.Arbitrary<RestConfig> = fc
    .record({ ...configParts, isBasic: fc.boolean(), path: fc.constantFrom('', '/v1', '/a/b') })
    .map(({ host, port, name, path }) => ({
      ...restForm.configOf(restForm.valuesOf(null)),
      baseUrl: new URL(`https://${host}:${port}${path}`).href.replace(/\/$/, ''),
      auth: { type: 'basic', user: name },
    }));

  itReadsBack(restCodec, restForm, config, ['baseUrl', 'auth', 'user']);

  it('holds no key that is sent otherwise', () => {
    const settings = { ...restForm.configOf(restForm.valuesOf(null)), baseUrl: 'https://api.ex.test' };
    const timeouts = { connectMs: 1, queryMs: 1, idleInTransactionMs: 1, slowStatementMs: 0 };
    expect(restCodec.urlOf({ ...settings, auth: { type: 'bearer' } }, timeouts, 'abc')).toBe(
      'https://api.ex.test',
    );
  });
});
