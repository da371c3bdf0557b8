import type { TlsMode } from '../../../../shared/model/tls.ts';
import { isLoopback } from '../../network/sockets/resolveHost.ts';

/** Ways to prove a password, from the weakest to the strongest. */
const loginMethods = ['cleartext', 'md5', 'scram-sha-256'] as const;
export type LoginMethod = (typeof loginMethods)[number];

/** The method that was remembered by this name; null for a name that is not known. */
export const loginMethodOf = (name: string | null): LoginMethod | null =>
  loginMethods.find((method) => method === name) ?? null;

/** Whether a method gives more of the password away than another. */
export function isWeaker(method: LoginMethod, than: LoginMethod): boolean {
  return loginMethods.indexOf(method) < loginMethods.indexOf(than);
}

/** In which ways the password may be proven. SCRAM always may: it gives nothing away. */
export interface AuthenticationPolicy {
  /** A salted MD5 that can be guessed offline by whoever reads the wire. */
  readonly md5: boolean;
  /** The password itself. */
  readonly cleartext: boolean;
}

/** Clear text only to a server that proved who it is; MD5 only where nobody can listen. */
export function authenticationPolicy(tlsMode: TlsMode, address: string): AuthenticationPolicy {
  return {
    md5: tlsMode !== 'disable' || isLoopback(address),
    cleartext: tlsMode === 'verify-ca' || tlsMode === 'verify-full',
  };
}

/**
 * Over a local socket nobody can listen. The password itself is not sent all the same: in a folder such as `/tmp` any
 * account of this computer can wait in place of the server.
 */
export const socketPolicy: AuthenticationPolicy = { md5: true, cleartext: false };
