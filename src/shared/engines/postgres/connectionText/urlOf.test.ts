import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAny } from '../../../../../tests/support/connectionTexts.ts';
import { secretValueSchema } from '../../../model/dataSource.ts';
import { defaultTimeoutSettings } from '../../../model/poolSettings.ts';
import { tlsModeSchema } from '../../../model/tls.ts';
import { trimmedText } from '../../../model/visibleText.ts';
import { type PostgresConfig, postgresConfigSchema } from '../config.ts';
import { urlOf } from './urlOf.ts';

const { shape } = postgresConfigSchema;
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
/** A text that holds another setting, such as `password=`, is refused when it is read. */
const isName = (name: string) =>
  shape.user.safeParse(name).success && trimmedText(name) === name && !name.includes('=');
const identifier = text.filter(isName);
const password = text.filter((value) => secretValueSchema.safeParse(value).success);
const awkward = fc.constantFrom('@', ':', '/', '?', '#', '%', '%41', ' ', '+', '&', '[', ']', ',', "'", '\\');
/** Made of what means something in a URL. */
const awkwardText = fc
  .array(fc.oneof(awkward, identifier), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''));

const port = fc.integer({ min: 1, max: 65_535 });
const tls = fc.record({ mode: fc.constantFrom(...tlsModeSchema.options), caPem: fc.constant(null) });

const timeouts = defaultTimeoutSettings;

const configWith = (overrides: Partial<PostgresConfig> = {}): PostgresConfig => ({
  ...{ host: 'db.example.com', port: 5433, database: 'shop', user: 'ann' },
  tls: { mode: 'disable', caPem: null },
  ...overrides,
});

describe('urlOf', () => {
  it('leaves the password out unless it is given, and names no more than libpq knows', () => {
    const config = configWith();
    expect(urlOf(config, timeouts, null)).toBe('postgresql://ann@db.example.com:5433/shop?sslmode=disable');
    expect(urlOf(config, timeouts, "p@ss:w/rd'!")).toBe(
      'postgresql://ann:p%40ss%3Aw%2Frd%27%21@db.example.com:5433/shop?sslmode=disable',
    );
  });

  it.each([
    ['disable', null, 'sslmode=disable'],
    ['encrypt', null, 'sslmode=require'],
    ['verify-ca', 'PEM', 'sslmode=verify-ca'],
    ['verify-full', 'PEM', 'sslmode=verify-full'],
    ['verify-full', null, 'sslmode=verify-full&sslrootcert=system'],
  ] as const)('asks psql 16 for the TLS that Mooring uses: %s with authority %s', (mode, caPem, query) => {
    const url = urlOf(configWith({ tls: { mode, caPem } }), timeouts, null);
    expect(url.split('?')[1]).toBe(query);
  });

  it('names a connect time-out that is not the usual one, in whole seconds', () => {
    const url = urlOf(configWith(), { ...timeouts, connectMs: 4_500 }, null);
    expect(url).toMatch(/&connect_timeout=5$/);
  });

  it.each([
    ['::1', '[::1]'],
    ['[::1]', '[::1]'],
    ['fe80::1%eth0', '[fe80::1%eth0]'],
    ['[fe80::1%25]', '[fe80::1%25]'],
    ['127.0.0.1', '127.0.0.1'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('reaches the same host again: %s', (host, expected) => {
    const parsed = readAny(urlOf(configWith({ host }), timeouts, null));
    expect(parsed).toMatchObject({ ok: true, values: { host: expected } });
  });

  it('is read again as what it was made of, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.domain(), fc.ipV4()),
        port,
        fc.oneof(identifier, awkwardText.filter(isName)),
        fc.oneof(identifier, awkwardText.filter(isName)),
        fc.oneof(fc.constant(null), password, awkwardText),
        tls,
        (host, portNumber, user, database, secret, tlsSettings) => {
          const config = { host, port: portNumber, user, database, tls: tlsSettings };
          const parsed = readAny(urlOf(config, timeouts, secret));
          if (!parsed.ok) throw new Error(parsed.message);
          expect(parsed.values).toEqual({
            ...{ host: host.toLowerCase(), port: String(portNumber), user, database },
            ...{ tlsMode: tlsSettings.mode, caPem: '' },
          });
          expect(parsed.secrets).toEqual(secret === null ? {} : { password: secret });
        },
      ),
    );
  });
});
