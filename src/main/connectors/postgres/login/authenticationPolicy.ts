import { BlockList, isIPv6 } from 'node:net';
import type { TlsMode } from '../../../../shared/model/tls.ts';

/** In which ways the password may be proven. SCRAM always may: it gives nothing away. */
export interface AuthenticationPolicy {
  /** A salted MD5 that can be guessed offline by whoever reads the wire. */
  readonly md5: boolean;
  /** The password itself. */
  readonly cleartext: boolean;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Clear text only to a server that proved who it is; MD5 only where nobody can listen. */
export function authenticationPolicy(tlsMode: TlsMode, address: string): AuthenticationPolicy {
  return {
    md5: tlsMode !== 'disable' || isLoopback(address),
    cleartext: tlsMode === 'verify-ca' || tlsMode === 'verify-full',
  };
}

function isLoopback(address: string): boolean {
  // A block list knows no zones (`fe80::1%eth0`), and no loopback address has one.
  const bare = address.replace(/%.*$/, '');
  return loopback.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}
