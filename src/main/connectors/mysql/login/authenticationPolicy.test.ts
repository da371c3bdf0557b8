import { describe, expect, it } from 'vitest';
import {
  authenticationPolicy,
  isWeakerMethod,
  mysqlLoginMethods,
  type Wire,
} from './authenticationPolicy.ts';

const wires: readonly Wire[] = ['tls-verified', 'tls-unverified', 'socket-file', 'plain'];

describe('authenticationPolicy', () => {
  it.each([
    // method, verified TLS, unverified TLS, socket file, no TLS
    ['mysql_native_password', 'proof', 'proof', 'proof', 'proof'],
    ['caching_sha2_password', 'proof', 'proof', 'proof', 'proof'],
    ['caching_sha2_password, in full', 'password', 'password', 'password', 'refused'],
    ['sha256_password', 'password', 'password', 'encrypted-password', 'refused'],
    ['client_ed25519', 'proof', 'proof', 'proof', 'proof'],
    ['mysql_clear_password', 'password', 'refused', 'password', 'refused'],
    ['dialog', 'password', 'refused', 'password', 'refused'],
  ] as const)('for %s is: %s, %s, %s, %s', (method, ...permissions) => {
    expect(wires.map((wire) => authenticationPolicy[method][wire])).toEqual(permissions);
  });

  it('never sends the password, or asks for a key for it, over a wire without TLS', () => {
    const permissions = Object.values(authenticationPolicy).map(({ plain }) => plain);
    expect(permissions.every((permission) => permission === 'proof' || permission === 'refused')).toBe(true);
  });
});

describe('isWeakerMethod', () => {
  it('puts the methods that show the password below those that prove it', () => {
    expect(isWeakerMethod('mysql_clear_password', 'mysql_native_password')).toBe(true);
    expect(isWeakerMethod('sha256_password', 'caching_sha2_password')).toBe(true);
    expect(isWeakerMethod('caching_sha2_password', 'mysql_native_password')).toBe(false);
  });

  it.each(mysqlLoginMethods)('does not call %s weaker than itself', (method) => {
    expect(isWeakerMethod(method, method)).toBe(false);
  });
});
