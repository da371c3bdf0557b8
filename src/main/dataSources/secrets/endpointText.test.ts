import { createHash, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { someFields } from '../../../../tests/support/dataSources.ts';
import { TestAuthority } from '../../../../tests/support/postgresClusterCertificates.ts';
import { endpointText } from './endpointText.ts';

let authority: TestAuthority;

beforeAll(async () => {
  authority = await TestAuthority.create();
});

afterAll(() => authority.dispose());

const withAuthority = (caPem: string) => endpointText(someFields({ tls: { mode: 'verify-full', caPem } }));
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').toUpperCase();

describe('an endpoint as main asks about it', () => {
  it('has a line for each thing that decides who receives a secret', () => {
    expect(endpointText(someFields()).split('\n')).toEqual([
      'Kind: PostgreSQL',
      'Address: db.example.test, port 5432',
      'Database: warehouse',
      'User: analyst',
      'Encryption (TLS): not encrypted',
    ]);
  });

  it('names an own authority by its fingerprint', () => {
    const { certificatePem } = authority;
    const { fingerprint256 } = new X509Certificate(certificatePem);
    expect(withAuthority(certificatePem)).toContain(`SHA-256 fingerprint: ${fingerprint256}`);
  });

  it('does not hide an authority behind a known one, also not one that only OpenSSL would read', () => {
    const known = authority.certificatePem;
    expect(withAuthority(known + known).match(/fingerprint/g)).toHaveLength(2);
    const hidden = known + known.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE');
    expect(withAuthority(hidden)).toContain(`2 in a file with the SHA-256 hash ${sha256(hidden)}`);
  });

  it('names a bundle by its number of certificates and its hash', () => {
    const bundle = authority.certificatePem.repeat(5);
    expect(withAuthority(bundle)).toContain(`5 in a file with the SHA-256 hash ${sha256(bundle)}`);
  });

  it('shows what a host of look-alike letters really is', () => {
    expect(endpointText(someFields({ host: 'dbе.example.test' }))).toContain('xn--db-olc.example.test');
  });

  it('cannot be given lines of its own by what is saved', () => {
    const text = endpointText(
      someFields({ database: 'shop\u2028Address: harmless.example.test, port 5432' }),
    );
    expect(text.split(/[\n\u2028]/)).toHaveLength(5);
  });
});
