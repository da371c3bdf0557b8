import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConnectionUrl } from './connectionUrl.ts';

/** The parsed text; fails the test when it is refused. */
function accepted(text: string) {
  const parsed = parseConnectionUrl(text);
  if (!parsed.ok) throw new Error(`refused: ${parsed.message}`);
  return parsed;
}

const local = { host: 'db.example.com', port: 5433, database: 'shop', user: 'ann' };

describe('parseConnectionUrl', () => {
  it.each([
    'postgres://ann:pw@db.example.com:5433/shop',
    'postgresql://ann:pw@db.example.com:5433/shop',
    '  \npostgres://ann:pw@DB.example.com:5433/shop\n ',
    'jdbc:postgresql://db.example.com:5433/shop?user=ann&password=pw',
    'host=db.example.com port=5433 dbname=shop user=ann password=pw',
    "host = 'db.example.com' port=5433 dbname='shop' user=ann password='pw'",
    'postgresql://?host=db.example.com&port=5433&dbname=shop&user=ann&password=pw',
  ])('reads the same out of %j', (text) => {
    expect(accepted(text)).toMatchObject({ fields: local, password: 'pw', notes: [] });
  });

  it.each([
    ['postgres://ann:p@ss@db/shop', 'p@ss'],
    ['postgres://ann:p%40%23%2F%3F%25@db/shop', 'p@#/?%'],
    ['postgres://ann:a+b:c@db/shop', 'a+b:c'],
    ['postgres://ann:%F0%9F%94%91@db/shop', '🔑'],
    [String.raw`host=db password='it\'s \\ two words'`, String.raw`it's \ two words`],
    ['postgres://ann:@db/shop', null],
    ['postgres://ann@db/shop', null],
  ])('takes the password out of %j to the letter', (text, password) => {
    expect(accepted(text).password).toBe(password);
  });

  it.each([
    ['postgres://ann@[::1]:5433/shop', '[::1]'],
    ['postgres://ann@[fe80::1%eth0]/shop', '[fe80::1%eth0]'],
    ['postgres://ann@[fe80::1%25eth0]/shop', '[fe80::1%eth0]'],
    ['postgres://ann@0x7f.1/shop', '127.0.0.1'],
    ['postgres://ann@2130706433/shop', '127.0.0.1'],
    ['postgres://ann@bücher.example/shop', 'xn--bcher-kva.example'],
    ['jdbc:postgresql:shop', 'localhost'],
  ])('knows the host of %j', (text, host) => {
    expect(accepted(text).fields.host).toBe(host);
  });

  it('says so when the host is not what it looks like', () => {
    expect(accepted('postgres://ann@раураl.example/shop').notes.join()).toContain('xn--');
  });

  it.each([
    ['disable', 'disable', 0],
    ['allow', 'encrypt', 1],
    ['prefer', 'encrypt', 1],
    ['require', 'encrypt', 1],
    ['verify-ca', 'verify-ca', 1],
    ['verify-full', 'verify-full', 0],
  ])('reads sslmode=%s as %s', (sslmode, mode, noteCount) => {
    const parsed = accepted(`postgres://db/shop?sslmode=${sslmode}`);
    expect(parsed.fields.tls).toEqual({ mode, caPem: null });
    expect(parsed.notes).toHaveLength(noteCount);
  });

  it('turns TLS off for ssl=false instead of taking the text for true', () => {
    expect(accepted('postgres://db/shop?ssl=false').fields.tls?.mode).toBe('disable');
  });

  it('leaves TLS open when the text says nothing about it', () => {
    expect(accepted('postgres://db/shop').fields).not.toHaveProperty('tls');
  });

  it.each([
    ['connect_timeout=5', { connectMs: 5_000 }],
    ['connect_timeout=0', { connectMs: 300_000 }],
    ['statement_timeout=0', { queryMs: 86_400_000 }],
    ['statement_timeout=5', { queryMs: 1_000 }],
  ])('keeps %s within what is allowed', (setting, expected) => {
    expect(accepted(`postgres://db/shop?${setting}`).fields.timeouts).toMatchObject(expected);
  });

  it.each(['sslrootcert=/etc/shadow', 'sslkey=/home/ann/key', 'options=-c%20x%3Dy', 'replication=poison'])(
    'leaves %s out and says so',
    (setting) => {
      const parsed = accepted(`postgres://db/shop?${setting}`);
      expect(parsed.notes.join()).toContain(setting.split('=')[0]);
      expect(JSON.stringify(parsed)).not.toContain(setting.split('=')[1]);
    },
  );

  it('counts settings that nobody knows without repeating them', () => {
    expect(accepted('host=db password=my secretpart=x').notes).toEqual(['1 unknown setting was left out.']);
  });

  it.each([
    ['', 'nothing'],
    ['just words', 'not the address'],
    ['mysql://ann:pw@db/shop', 'not the address'],
    ['jdbc:mysql://db/shop', 'not the address'],
    ['https://db/shop', 'not the address'],
    ['javascript:alert(1)', 'not the address'],
    ['file:///etc/passwd', 'not the address'],
    ['postgres://ann:p#x@db/shop', 'guessing'],
    ['postgres://ann:p/x@db/shop', 'guessing'],
    ['postgres://ann:p?x@db/shop', 'guessing'],
    ['postgres://ann:5/x@db/shop', 'guessing'],
    ['postgres://ann:p%zz@db/shop', 'guessing'],
    ['postgres://ann:100%@db/shop', 'guessing'],
    ['postgres://ann:%ff@db/shop', 'guessing'],
    ['postgres://ann@db/shop?sslmode', 'guessing'],
    ['postgres://db/shop?host=evil', 'twice'],
    ['postgres://ann:pw@db/shop?password=other', 'twice'],
    ['postgres://db/shop?sslmode=disable&sslmode=require', 'twice'],
    ['postgres://db/shop?sslmode=bogus', 'TLS mode'],
    ['postgres://db:0/shop', 'port'],
    ['postgres://db:99999/shop', 'port'],
    ['postgres://db:abc/shop', 'port'],
    ['postgres://db:1.5/shop', 'port'],
    ['postgres://h1:1,h2:2/shop', 'several hosts'],
    ['host=h1,h2 dbname=shop', 'several hosts'],
    ['postgres:///shop', 'no host'],
    ['dbname=shop', 'no host'],
    ['postgres://%2Ftmp/shop', 'socket'],
    ['host=/var/run/postgresql', 'socket'],
    ['postgres://::1/shop', 'host cannot'],
    ['postgres://ann@db/sh%00op', 'control characters'],
    ['postgres://an%00n@db/shop', 'control characters'],
    ['postgres://ann:p%00w@db/shop', 'NUL'],
    [`postgres://ann@db/${'x'.repeat(64)}`, '63 bytes'],
    [`postgres://ann:${'x'.repeat(16_385)}@db/shop`, '16,384'],
    ['postgres://ann:\ud800@db/shop', 'half a character'],
    ["host=db password='open", 'list of settings'],
    ['postgres://db/shop?connect_timeout=soon', 'time-out'],
  ])('refuses %j', (text, words) => {
    const parsed = parseConnectionUrl(text);
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });

  it('never throws and never tells any of a text that it refuses', () => {
    const secret = fc.string({ minLength: 8, unit: 'grapheme' }).map((text) => `§${text}§`);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), secret, fc.string(), (before, password, after) => {
        for (const text of [before, `${before}${password}${after}`, `postgres://u:${password}@${after}`]) {
          const parsed = parseConnectionUrl(text);
          const told = parsed.ok ? parsed.notes.join() : parsed.message + parsed.hint;
          expect(told).not.toContain(password);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives back what a URL was built from, and what a list was', () => {
    const name = fc.string({ minLength: 1, maxLength: 15, unit: 'grapheme' }).filter((text) => accepts(text));
    const parts = fc.record({
      user: name,
      password: fc
        .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
        .filter((text) => !text.includes('\0')),
      port: fc.integer({ min: 1, max: 65_535 }),
      database: name,
    });
    const quote = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
    fc.assert(
      fc.property(parts, ({ user, password, port, database }) => {
        const [u, p, d] = [user, password, database].map(encodeURIComponent);
        const url = `postgres://${u}:${p}@db.example.com:${port}/${d}`;
        const list = `host=db.example.com port=${port} user=${quote(user)} password=${quote(password)} dbname=${quote(database)}`;
        for (const text of [url, list]) {
          expect(accepted(text)).toMatchObject({ fields: { user, port, database }, password });
        }
      }),
    );
  });
});

/** A name that the model takes. */
function accepts(text: string): boolean {
  return parseConnectionUrl(`postgres://db/${encodeURIComponent(text)}`).ok;
}
