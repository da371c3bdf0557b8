import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { someFields } from '../../../tests/support/dataSources.ts';
import { parseConnectionUrl } from '../../shared/model/connectionUrl.ts';
import { dataSourceFieldsSchema, passwordTextSchema, tlsModeSchema } from '../../shared/model/dataSource.ts';
import { connectionUrlOf } from './connectionUrlOf.ts';

const { shape } = dataSourceFieldsSchema;
const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 });
const identifier = text.filter((name) => shape.user.safeParse(name).success);
const password = text.filter((value) => passwordTextSchema.safeParse(value).success);
const awkward = fc.constantFrom(
  '@',
  ':',
  '/',
  '?',
  '#',
  '%',
  '%41',
  ' ',
  '+',
  '&',
  '=',
  '[',
  ']',
  ',',
  "'",
  '\\',
);
/** Made of what means something in a URL. */
const awkwardText = fc
  .array(fc.oneof(awkward, identifier), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join(''));

const port = fc.integer({ min: 1, max: 65_535 });
const tls = fc.record({ mode: fc.constantFrom(...tlsModeSchema.options), caPem: fc.constant(null) });

describe('connectionUrlOf', () => {
  it('leaves the password out unless it is given, and names no more than libpq knows', () => {
    const fields = someFields({ host: 'db.example.com', port: 5433, database: 'shop', user: 'ann' });
    const verified = { ...fields, tls: { mode: 'verify-full', caPem: null } } as const;
    expect(connectionUrlOf(verified, null)).toBe(
      'postgresql://ann@db.example.com:5433/shop?sslmode=verify-full',
    );
    expect(connectionUrlOf(verified, 'p@ss:w/rd')).toBe(
      'postgresql://ann:p%40ss%3Aw%2Frd@db.example.com:5433/shop?sslmode=verify-full',
    );
  });

  it.each([
    ['::1', '[::1]'],
    ['[::1]', '[::1]'],
    ['fe80::1%eth0', '[fe80::1%eth0]'],
    ['[fe80::1%25]', '[fe80::1%25]'],
    ['127.0.0.1', '127.0.0.1'],
    ['bücher.example', 'xn--bcher-kva.example'],
  ])('reaches the same host again: %s', (host, expected) => {
    const parsed = parseConnectionUrl(connectionUrlOf(someFields({ host }), null));
    expect(parsed).toMatchObject({ ok: true, fields: { host: expected } });
  });

  it('is read again as what it was made of, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.domain(), fc.ipV4()),
        port,
        fc.oneof(
          identifier,
          awkwardText.filter((name) => shape.user.safeParse(name).success),
        ),
        fc.oneof(
          identifier,
          awkwardText.filter((name) => shape.database.safeParse(name).success),
        ),
        fc.oneof(fc.constant(null), password, awkwardText),
        tls,
        (host, portNumber, user, database, secret, tlsSettings) => {
          const fields = { host, port: portNumber, user, database, tls: tlsSettings };
          const parsed = parseConnectionUrl(connectionUrlOf(fields, secret));
          if (!parsed.ok) throw new Error(parsed.message);
          expect(parsed.fields).toEqual({ ...fields, host: host.toLowerCase() });
          expect(parsed.password).toBe(secret);
        },
      ),
    );
  });
});
