import { defaultTimeoutSettings } from '../model/poolSettings.ts';
import { networkHost } from './values/networkHost.ts';

/** Parts of connection URLs that are written alike for every engine. */

/** Percent-encoded with the characters that mean something to a shell, which `encodeURIComponent` leaves. */
export const shellSafe = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** An IPv6 address in brackets, its zone after an encoded % (RFC 6874); a name as the network sees it. */
export function urlHost(host: string): string {
  if (!host.includes(':')) return shellSafe(networkHost(host) ?? host);
  const address = host.replace(/^\[|\]$/g, '').replace('%', '%25');
  return `[${address}]`;
}

/** The connect time-out as a setting in whole seconds; none when it is the usual one. */
export function wholeSeconds(name: string, connectMs: number): string[] {
  if (connectMs === defaultTimeoutSettings.connectMs) return [];
  return [`${name}=${Math.ceil(connectMs / 1_000)}`];
}
