import type { TlsMode } from './tls.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '::1', '[::1]']);

/** Whether a host is this computer itself, where nobody is on the way. */
export const isLoopback = (host: string): boolean => loopbackHosts.has(host.trim().toLowerCase());

/** The safest mode that can work: no onlookers on this computer itself, the full check everywhere else. */
export function tlsModeForHost(host: string): TlsMode {
  return isLoopback(host) ? 'disable' : 'verify-full';
}
