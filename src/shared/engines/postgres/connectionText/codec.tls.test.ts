import { describe, expect, it } from 'vitest';
import { accepted } from '../../../../../tests/support/connectionTexts.ts';

/** The mode and the number of notes. */
function tlsOf(text: string) {
  const { values, notes } = accepted(text);
  return [values.tlsMode, notes.length];
}

describe('the TLS mode of a text', () => {
  it('is the default for the host when the text says nothing about it', () => {
    expect(tlsOf('postgres://db/shop')).toEqual(['verify-full', 0]);
    expect(tlsOf('postgres://localhost/shop')).toEqual(['disable', 0]);
  });

  it.each([
    ['sslmode=disable', 'disable', 0],
    ['sslmode=allow', 'encrypt', 1],
    ['sslmode=prefer', 'encrypt', 1],
    ['sslmode=require', 'encrypt', 1],
    ['sslmode=no-verify', 'encrypt', 1],
    ['sslmode=verify-ca', 'verify-ca', 1],
    ['sslmode=verify-full', 'verify-full', 0],
    ['requiressl=1', 'encrypt', 1],
    ['ssl=true', 'verify-full', 0],
    ['ssl=1', 'verify-full', 0],
    ['ssl', 'verify-full', 0],
    ['ssl=false', 'disable', 0],
    ['ssl=0', 'disable', 0],
    ['ssl=require', 'encrypt', 1],
    ['ssl=true&sslmode=require', 'encrypt', 1],
    ['ssl=true&sslmode=disable', 'encrypt', 1],
    ['ssl=verify-full&sslmode=require', 'verify-full', 0],
    ['ssl=false&sslmode=verify-full', 'verify-full', 0],
    ['sslmode=require&sslaccept=strict', 'verify-full', 0],
    ['sslmode=require&sslaccept=accept_invalid_certs', 'encrypt', 1],
    ['channel_binding=require', 'encrypt', 0],
    ['channel_binding=prefer', 'disable', 0],
    ['sslnegotiation=direct', 'encrypt', 0],
    ['sslcert=/ann.crt&sslkey=/ann.key', 'encrypt', 1],
    ['sslmode=disable&sslcert=/ann.crt&sslkey=/ann.key', 'disable', 0],
    ['sslmode=disable&channel_binding=require', 'encrypt', 0],
    ['gssencmode=require', 'encrypt', 0],
  ])('of localhost with %s is %s, and %i things are said about it', (query, mode, noteCount) => {
    expect(tlsOf(`postgres://localhost/shop?${query}`)).toEqual([mode, noteCount]);
  });

  it.each([
    ['sslrootcert=/ca.pem', 'verify-ca', 1],
    ['sslmode=prefer&sslrootcert=/ca.pem', 'verify-ca', 1],
    ['sslmode=require&sslrootcert=/ca.pem', 'verify-ca', 1],
    ['sslmode=verify-full&sslrootcert=/ca.pem', 'verify-full', 1],
    ['sslmode=disable&sslrootcert=/ca.pem', 'disable', 0],
    ['sslrootcert=system', 'verify-full', 0],
    ['sslmode=require&sslrootcert=System', 'verify-full', 0],
    ['sslmode=disable&sslrootcert=system', 'verify-full', 0],
  ])(
    'follows the authority that the text names, as in libpq: %s is %s, with %i notes',
    (query, mode, noteCount) => {
      expect(tlsOf(`postgres://localhost/shop?${query}`)).toEqual([mode, noteCount]);
    },
  );

  it.each([
    ['SSL Mode=Disable', 'disable'],
    ['SslMode=Prefer', 'encrypt'],
    ['Ssl Mode=Require', 'encrypt'],
    ['SSL Mode=VerifyCA', 'verify-ca'],
    ['SSL Mode=VerifyFull', 'verify-full'],
    ['SSL Mode=Require;Trust Server Certificate=true', 'encrypt'],
    ['SSL Mode=Require;Trust Server Certificate=false', 'verify-full'],
    ['SSL Mode=Require;Root Certificate=/ca.pem', 'verify-ca'],
  ])('of .NET with %s is %s', (settings, mode) => {
    expect(tlsOf(`Host=localhost;${settings}`)[0]).toBe(mode);
  });
});

describe('files that a text names for TLS', () => {
  const filesOf = (query: string) => {
    const { values, secrets, notes, leftOut } = accepted(`postgres://db/shop?${query}`);
    const { caPem, caFile, clientCertificate, clientCertificatePath, clientKeyPath } = values;
    return [
      [caPem, caFile, clientCertificate, clientCertificatePath, clientKeyPath],
      [secrets.clientKeyPassphrase, notes.length, leftOut.length],
    ];
  };
  const none = undefined;

  it('are filled in as paths, with a word that nothing was read', () => {
    const reading = accepted('postgres://db/shop?sslmode=verify-full&sslrootcert=/etc/ca.pem');
    expect(reading.values).toMatchObject({ tlsMode: 'verify-full', caPem: '', caFile: '/etc/ca.pem' });
    expect(reading.taken.has('caFile')).toBe(true);
    expect(reading.notes).toEqual([expect.stringContaining('Nothing was read')]);
    const client = 'sslcert=~/ann.crt&sslkey=C:\\keys\\ann.key&sslpassword=open';
    expect(filesOf(client)).toEqual([
      ['', none, 'pem', '~/ann.crt', 'C:\\keys\\ann.key'],
      ['open', 1, 0],
    ]);
    for (const query of ['sslkey=/ann.p12&sslpassword=open', 'sslidentity=/ann.p12&sslpassword=open']) {
      expect(filesOf(query)).toEqual([
        ['', none, 'pkcs12', '/ann.p12', none],
        ['open', 1, 0],
      ]);
    }
  });

  it('are left out where they are not surely files of this computer, or not of use', () => {
    for (const path of ['ca.pem', '../ca.pem', '//evil/share/ca.pem', '\\\\evil\\ca.pem', '/ca.jks']) {
      expect(filesOf(`sslrootcert=${path}`)).toEqual([
        ['', none, none, none, none],
        [none, 1, 0],
      ]);
    }
    for (const [query, leftOutCount] of [
      ['sslcert=/ann.crt', 1],
      ['sslcert=//evil/ann.crt&sslkey=/ann.key&sslpassword=x', 3],
    ] as const) {
      expect(filesOf(query)).toEqual([
        ['', none, none, none, none],
        [none, 0, leftOutCount],
      ]);
    }
  });

  it('stand beside the version and the rest that a text asks for', () => {
    const valuesOf = (query: string) => accepted(`postgres://db/shop?${query}`).values;
    expect(valuesOf('ssl_min_protocol_version=TLSv1.3&sslsni=0&channel_binding=require')).toMatchObject({
      ...{ tlsMinVersion: '1.3', sni: 'none', channelBinding: 'require' },
    });
    expect(valuesOf('ssl_min_protocol_version=TLSv1.2').tlsMinVersion).toBe(undefined);
    expect(accepted('postgres://db/shop?ssl_min_protocol_version=TLSv1').leftOut).toHaveLength(1);
  });
});
