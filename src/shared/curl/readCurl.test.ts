import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReadCurl, readCurl } from './readCurl.ts';
import { isAtBaseUrl, requestOfCurl, resourceOfCurl } from './requestOfCurl.ts';
import { isCurl } from './splitCurl.ts';

function accepted(text: string): ReadCurl {
  const read = readCurl(text);
  if (!read.ok) throw new Error(`refused: ${read.message}`);
  return read;
}
const bodyText = (text: string): string => {
  const { body } = accepted(text);
  return 'text' in body ? body.text : body.type;
};

describe('a curl command of a POSIX shell', () => {
  it('has the body that the shell would send, $’…’ included', () => {
    const text = String.raw`curl 'https://api.ex.test/find' -H 'Content-Type: application/json' --data-raw $'{"q":"it\'s (ok)\\n","t":"\u00e9"}' --compressed`;
    const read = accepted(text);
    expect(read).toMatchObject({ method: 'POST', url: 'https://api.ex.test/find', headers: [], query: [] });
    expect(read.body).toEqual({ type: 'json', text: String.raw`{"q":"it's (ok)\n","t":"é"}` });
    expect(read.warnings).toEqual([]);
  });

  it.each([
    [
      `-d 'a=1' -d b=2`,
      {
        type: 'form',
        fields: [
          { name: 'a', value: '1' },
          { name: 'b', value: '2' },
        ],
      },
    ],
    [`-da=1%20x+y`, { type: 'form', fields: [{ name: 'a', value: '1 x y' }] }],
    [`--data-urlencode 'q=a b&c'`, { type: 'form', fields: [{ name: 'q', value: 'a b&c' }] }],
    [`--json '{"a":1}'`, { type: 'json', text: '{"a":1}' }],
    [`--json '{"a":' --json '1}'`, { type: 'json', text: '{"a":1}' }],
    [`-H 'Content-Type: text/plain' -d @-x`, null],
    [
      String.raw`-H 'content-type: text/csv' --data-binary $'a,b\n1,2\n'`,
      { type: 'text', contentType: 'text/csv', text: 'a,b\n1,2\n' },
    ],
    [`--data-raw '@x=1'`, { type: 'form', fields: [{ name: '@x', value: '1' }] }],
    [`-d '{"a": [1]}'`, { type: 'json', text: '{"a": [1]}' }],
    [String.raw`-d "say \"hi\" \$5=x"`, { type: 'form', fields: [{ name: 'say "hi" $5', value: 'x' }] }],
    [String.raw`-d $'\x41\101\xe4\xb8\xad=\tx'`, { type: 'form', fields: [{ name: 'AA中', value: '\tx' }] }],
  ])('%s', (options, body) => {
    const read = readCurl(`curl https://api.ex.test/x ${options}`);
    expect(read.ok ? read.body : null).toEqual(body);
  });

  it('reads parts of a multipart body, without the old boundary', () => {
    const read = accepted(
      `curl https://api.ex.test/up -H 'Content-Type: multipart/form-data; boundary=old' -F 'meta={"a":1};type=application/json' -F 'doc=@/home/me/report 1.pdf' -F 'note="a;b"' --form-string 'raw=@x;type=y'`,
    );
    expect(read.headers).toEqual([]);
    expect(read.body).toEqual({
      type: 'multipart',
      parts: [
        { name: 'meta', contentType: 'application/json', content: { type: 'text', text: '{"a":1}' } },
        { name: 'doc', contentType: '', content: { type: 'file', path: '/home/me/report 1.pdf' } },
        { name: 'note', contentType: '', content: { type: 'text', text: 'a;b' } },
        { name: 'raw', contentType: '', content: { type: 'text', text: '@x;type=y' } },
      ],
    });
  });

  it('goes on over lines, takes options in all spellings, and ends with the command', () => {
    const read = accepted(
      `$ curl -sSL -XPUT \\\n  -H 'X-Trace: 1' -A mooring \\\n  --url https://api.ex.test/a?x=1&y=%20z -d k=v | jq . > out.json`,
    );
    expect(read).toMatchObject({
      method: 'PUT',
      url: 'https://api.ex.test/a',
      query: [
        { name: 'x', value: '1' },
        { name: 'y', value: ' z' },
      ],
      headers: [
        { name: 'X-Trace', value: '1' },
        { name: 'User-Agent', value: 'mooring' },
      ],
    });
  });

  it('moves data to the query with -G', () => {
    const read = accepted(`curl -G https://api.ex.test/s --data-urlencode 'q=a b+c&d=é' -d page=2`);
    expect(read).toMatchObject({
      method: 'GET',
      body: { type: 'none' },
      query: [
        { name: 'q', value: 'a b+c&d=é' },
        { name: 'page', value: '2' },
      ],
    });
  });
});

describe('a curl command of the Windows command prompt', () => {
  it('has its body without carets', () => {
    const text = String.raw`curl "https://api.ex.test/c" --data-raw "^{^\^"name^\^":^\^"hello world^\^",^\^"tags^\^":^[^]^}"`;
    expect(accepted(text).method).toBe('POST');
    expect(bodyText(text)).toBe('{"name":"hello world","tags":[]}');
  });

  it('goes on over lines', () => {
    const text =
      'curl ^"https://api.ex.test/c?a=1^&b=2^" ^\r\n  -H ^"accept: application/json^" ^\r\n  --compressed';
    expect(accepted(text)).toMatchObject({
      url: 'https://api.ex.test/c',
      query: [{ name: 'a' }, { name: 'b', value: '2' }],
      headers: [{ name: 'accept', value: 'application/json' }],
    });
  });

  it('may be of the older kind, with carets at the ends of lines alone', () => {
    const text = 'curl "https://api.ex.test/c" ^\n  --data-raw "{\\"a\\":\\"x^y\\"}"';
    expect(bodyText(text)).toBe('{"a":"x^y"}');
  });
});

describe('what logs in', () => {
  it.each([
    [`-u 'ann:p:w'`, { type: 'basic', user: 'ann', password: 'p:w' }],
    [`-H 'Authorization: Bearer abc'`, { type: 'bearer', token: 'abc' }],
    [`-H 'authorization: Basic ${btoa('ann:pw')}'`, { type: 'basic', user: 'ann', password: 'pw' }],
    [
      `-H 'Authorization: token abc'`,
      { type: 'api-key', place: 'header', name: 'Authorization', value: 'token abc' },
    ],
    [`-H 'X-API-Key: abc'`, { type: 'api-key', place: 'header', name: 'X-API-Key', value: 'abc' }],
    ['--oauth2-bearer abc', { type: 'bearer', token: 'abc' }],
    [`-H "Authorization: Bearer $TOKEN"`, { type: 'bearer', token: '' }],
    ['', null],
  ])('of %s is taken out of the request', (options, auth) => {
    const read = accepted(`curl https://api.ex.test/x ${options}`);
    expect(read.auth).toEqual(auth);
    expect(JSON.stringify([read.headers, read.warnings])).not.toMatch(/abc|pw|p:w/);
  });

  it('may stand in the address', () => {
    expect(accepted('curl https://ann:p%40w@api.ex.test/x')).toMatchObject({
      url: 'https://api.ex.test/x',
      auth: { type: 'basic', user: 'ann', password: 'p@w' },
    });
    expect(accepted('curl "https://api.ex.test/x?api_key=abc&q=1"')).toMatchObject({
      query: [{ name: 'q', value: '1' }],
      auth: { type: 'api-key', place: 'query', name: 'api_key', value: 'abc' },
    });
  });

  it('is never a cookie, and one of several', () => {
    const read = accepted(
      `curl https://api.ex.test/x -b 'sid=abc' -H 'Cookie: sid=abc' -u ann:pw -H 'X-Api-Key: abc'`,
    );
    expect(read.auth).toEqual({ type: 'basic', user: 'ann', password: 'pw' });
    expect(read.headers).toEqual([]);
    expect(read.warnings).toEqual([
      'Cookies were left out: they belong to a session in a browser.',
      'The command has more than one key or password; the first one is used.',
    ]);
  });
});

describe('a command that cannot be used', () => {
  it.each([
    ['curl https://a.ex.test https://b.ex.test', /more than one address/],
    ['curl "https://a.ex.test/[1-9]"', /several/],
    ['curl https://a.ex.test -d @body.json', /from a file/],
    ['curl https://a.ex.test -H @headers', /from a file/],
    ['curl https://a.ex.test -K secret.conf', /from a file/],
    ['curl', /not a curl command/],
    ['curl -s', /no address/],
    ['curl ftp://a.ex.test', /cannot be read/],
    [`curl 'https://a.ex.test`, /read to its end/],
    ['curl https://a.ex.test -H "X: $(cat key)"', /output of another/],
    ['Invoke-WebRequest -Uri https://a.ex.test', /PowerShell/],
    ['curl https://a.ex.test `\n -H "a: b"', /PowerShell/],
    ['curl https://a.ex.test -X BREW', /method/],
  ])('%j is refused', (text, message) => {
    expect(readCurl(text)).toMatchObject({ ok: false, message: expect.stringMatching(message) });
  });

  it('says how many options were left out, and not which', () => {
    const read = accepted('curl --pSECRET https://a.ex.test -k');
    expect(read.warnings).toEqual([
      'Certificates are checked all the same: -k is a setting of the data source.',
      'An option that is not known was left out.',
    ]);
  });

  it('never throws, and never repeats a secret', () => {
    const part = fc.constantFrom(
      ...[
        '-u',
        '§',
        "'",
        '"',
        '\\',
        '$',
        '-H',
        'Authorization: Bearer §',
        '-d',
        '@',
        '&',
        ' ',
        '^',
        '\n',
        '-X',
        '`',
      ],
      ...[
        'https://a.ex.test',
        'https://§@a.ex.test',
        '?key=§',
        '-F',
        'a=§',
        '--json',
        '{',
        '}',
        '%',
        '|',
        '\u{1f600}',
      ],
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const read = readCurl(`curl ${parts.join(' ')}`);
        const told = read.ok ? read.warnings.join() : `${read.message} ${read.hint}`;
        expect(told).not.toContain('§');
      }),
      { numRuns: 500 },
    );
  });

  it('is told from other texts', () => {
    expect(['curl https://x', 'curl.exe -s x', '/usr/bin/curl x', 'iwr https://x'].every(isCurl)).toBe(true);
    expect(['curly', 'postgres://curl', 'my curl x', 'curl'].some(isCurl)).toBe(false);
  });
});

describe('any text in quotes', () => {
  it('is the body that was meant', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
      .filter((value) => !/\^|\r?\n/.test(value));
    fc.assert(
      fc.property(text, (value) => {
        const quoted = `'${value.replaceAll("'", `'\\''`)}'`;
        const command = `curl https://a.ex.test -H 'Content-Type: text/plain' --data-raw ${quoted}`;
        const { body } = accepted(command);
        expect(body).toEqual({ type: 'text', contentType: 'text/plain', text: value });
      }),
    );
  });
});

describe('a command as a request', () => {
  const base = 'https://api.ex.test/v1';

  it('is behind the base URL, without what logs in', () => {
    const read = accepted(`curl 'https://api.ex.test/v1/users/7?page=2' -u ann:pw -H 'Accept: text/csv'`);
    expect(isAtBaseUrl(read, base)).toBe(true);
    expect(requestOfCurl(read, base)).toEqual({
      method: 'GET',
      path: '/users/7',
      parameters: [expect.objectContaining({ name: 'page', value: '2', place: 'query' })],
      headers: [{ name: 'Accept', value: 'text/csv' }],
      body: { type: 'none' },
    });
  });

  it('is recognised when it asks elsewhere', () => {
    expect(isAtBaseUrl(accepted('curl https://api.ex.test/v10/x'), base)).toBe(false);
    expect(isAtBaseUrl(accepted('curl http://api.ex.test/v1/x'), base)).toBe(false);
    expect(requestOfCurl(accepted('curl https://b.ex.test/a/b'), base).path).toBe('/a/b');
  });

  it('is a resource unless it changes something', () => {
    expect(resourceOfCurl(accepted(`curl ${base}/users`), base)).toMatchObject({
      name: 'users',
      path: '/users',
    });
    expect(resourceOfCurl(accepted(`curl -X DELETE ${base}/users`), base)).toBeNull();
  });
});
