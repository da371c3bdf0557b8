import { describe, expect, it } from 'vitest';
import { tlsSettingsSchema } from './tls.ts';
import { isLoopback, tlsModeForHost } from './tlsDefault.ts';

const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
const isTaken = (mode: string, caPem: string | null) => tlsSettingsSchema.safeParse({ mode, caPem }).success;

describe('how the wire is protected', () => {
  it('needs an authority where only the certificate is checked', () => {
    expect(isTaken('verify-ca', null)).toBe(false);
    expect(isTaken('verify-ca', pem)).toBe(true);
    expect(isTaken('verify-full', null)).toBe(true);
    expect(isTaken('encrypt', null)).toBe(true);
  });

  it('takes certificates from the settings or from a file, and paths that are whole', () => {
    const isGood = (settings: object) =>
      tlsSettingsSchema.safeParse({ mode: 'verify-ca', caPem: null, ...settings }).success;
    expect(isGood({ caFile: '~/ca.pem' })).toBe(true);
    expect(isGood({ caFile: 'ca.pem' })).toBe(false);
    expect(isGood({ caFile: '/ca.pem', caPem: pem })).toBe(false);
    const client = { type: 'pem', certificatePath: '/ann.crt', keyPath: '/ann.key' };
    expect(isGood({ caPem: pem, client })).toBe(true);
    expect(isGood({ caPem: pem, client: { ...client, keyPath: '' } })).toBe(false);
  });

  it('takes nothing but certificates as an authority', () => {
    expect(isTaken('verify-full', `# ours\n${pem}\n${pem}\n`)).toBe(true);
    for (const text of ['', 'pem', pem.replace('END', 'END OF'), pem.replace('BEGIN', 'START')]) {
      expect(isTaken('verify-full', text)).toBe(false);
    }
    expect(isTaken('verify-full', '-----BEGIN CERTIFICATE----------END CERTIFICATE-----')).toBe(false);
  });

  it('is checked in full unless the server is this computer', () => {
    expect(tlsModeForHost('db.example.com')).toBe('verify-full');
    expect(tlsModeForHost('127.0.0.1.example.com')).toBe('verify-full');
    for (const host of ['localhost', ' LocalHost ', '127.0.0.1', '::1', '[::1]']) {
      expect(isLoopback(host)).toBe(true);
      expect(tlsModeForHost(host)).toBe('disable');
    }
  });
});
