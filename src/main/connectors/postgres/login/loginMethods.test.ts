import { describe, expect, it } from 'vitest';
import { authenticationPolicy } from './loginMethods.ts';

describe('authenticationPolicy', () => {
  it.each([
    ['disable', '10.0.0.1', { md5: false, cleartext: false }],
    ['disable', '127.0.0.53', { md5: true, cleartext: false }],
    ['disable', '::1', { md5: true, cleartext: false }],
    ['disable', '::ffff:127.0.0.1', { md5: true, cleartext: false }],
    ['disable', 'fe80::1%eth0', { md5: false, cleartext: false }],
    ['encrypt', '10.0.0.1', { md5: true, cleartext: false }],
    ['verify-ca', '10.0.0.1', { md5: true, cleartext: true }],
    ['verify-full', '10.0.0.1', { md5: true, cleartext: true }],
  ] as const)('under %s to %s gives the password away only where it is safe', (mode, address, expected) => {
    expect(authenticationPolicy(mode, address)).toEqual(expected);
  });
});
