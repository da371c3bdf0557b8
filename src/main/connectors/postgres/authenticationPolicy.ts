import { BlockList, isIPv6 } from 'node:net';
import type { TlsMode } from '../../../shared/model/dataSource.ts';
import { WireFailure } from './WireFailure.ts';

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

const methodNames: ReadonlyMap<number, string> = new Map([
  [2, 'Kerberos V5'],
  [6, 'SCM credentials'],
  [7, 'GSSAPI (Kerberos)'],
  [8, 'GSSAPI (Kerberos)'],
  [9, 'SSPI (Windows single sign-on)'],
]);

const ok = 0;
const cleartextPassword = 3;
const md5Password = 5;
const sasl = 10;
const saslContinue = 11;
const saslFinal = 12;

/**
 * Follows a server's authentication requests and stops those that the policy forbids, before anything is answered:
 * pg itself would send the password in clear text to any server that asks, at any time.
 */
export class AuthenticationGuard {
  readonly #policy: AuthenticationPolicy;
  #state: 'open' | 'proving' | 'proven' | 'done' = 'open';

  constructor(policy: AuthenticationPolicy) {
    this.#policy = policy;
  }

  /** Whether the server has let us in. */
  get isDone(): boolean {
    return this.#state === 'done';
  }

  /**
   * @param method as the request names it (manual, "Message Formats")
   * @throws WireFailure for a request that must not be answered
   */
  check(method: number): void {
    if (this.#state === 'done') throw new WireFailure('protocol', 'The server asked for the password again');
    this.#refuseForbidden(method);
    this.#state = this.#next(method);
  }

  #refuseForbidden(method: number): void {
    if (method === cleartextPassword && !this.#policy.cleartext) {
      throw new WireFailure('authentication-method', 'The server asked for the password in clear text');
    }
    if (method === md5Password && !this.#policy.md5) {
      throw new WireFailure(
        'authentication-method',
        'The server asked for an MD5 password over an unencrypted network',
      );
    }
    if (![ok, cleartextPassword, md5Password, sasl, saslContinue, saslFinal].includes(method)) {
      const name = methodNames.get(method) ?? `method ${method}`;
      throw new WireFailure('authentication-method', `The server asked for ${name}, which Mooring cannot do`);
    }
  }

  /** In SCRAM the server proves that it knows the password too; one that skips its proof is not the real one. */
  #next(method: number): 'open' | 'proving' | 'proven' | 'done' {
    if (method === sasl || method === saslContinue) return 'proving';
    if (method === saslFinal) return 'proven';
    if (method === ok && this.#state === 'proving') {
      throw new WireFailure('protocol', 'The server let us in without proving that it knows the password');
    }
    return method === ok ? 'done' : 'open';
  }
}
