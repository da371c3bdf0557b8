import { promises as dns } from 'node:dns';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { untilAborted } from '../../../base/abort.ts';

export interface HostAddress {
  readonly address: string;
  readonly family: number;
}

/** Asks the operating system for all addresses of a name, in its order of preference. */
export type Lookup = (host: string) => Promise<readonly HostAddress[]>;

export const systemLookup: Lookup = (host) => dns.lookup(host, { all: true, verbatim: true });

/** The host without the brackets that people write around an IPv6 address. */
export function bareHost(host: string): string {
  return host.startsWith('[') && host.endsWith(']') ? host.slice(1, -1) : host;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address is of this computer, so that nobody else can read what goes there. */
export function isLoopback(address: string): boolean {
  // A block list knows no zones (`fe80::1%eth0`), and no loopback address has one.
  const bare = address.replace(/%.*$/, '');
  return loopback.check(bare, isIPv6(bare) ? 'ipv6' : 'ipv4');
}

/** The address that the host is already, or null when it is a name. */
export function literalAddress(host: string): HostAddress | null {
  const address = bareHost(host);
  const family = isIP(address);
  return family === 0 ? null : { address, family };
}

/**
 * All addresses of a host name, each once. A new look-up each time: addresses change while the app runs.
 * @throws the resolver's error (ENOTFOUND, EAI_AGAIN) or the abort's reason
 */
export async function resolveHost(
  host: string,
  lookup: Lookup,
  signal: AbortSignal,
): Promise<readonly HostAddress[]> {
  const found = await untilAborted(signal, lookup(host));
  const unique = new Map(found.map((address) => [address.address, address]));
  if (unique.size === 0) throw Object.assign(new Error('The name has no address'), { code: 'ENOTFOUND' });
  return [...unique.values()];
}
