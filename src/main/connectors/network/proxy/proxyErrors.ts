import type { ProxyNetwork } from '../../../../shared/model/network.ts';
import { AppError, type AppErrorDetails } from '../../../base/AppError.ts';
import { openFields } from '../failures/connectSubject.ts';
import type { ProxyRefused } from './ProxyRefused.ts';

type Words = Pick<AppErrorDetails, 'causes' | 'fixes' | 'retryable' | 'actions'>;

const wantsLogin: Words = {
  causes: ['The proxy lets only known users through, and user or password are missing or wrong.'],
  fixes: ['Check user and password of the proxy under Network.'],
  actions: openFields('proxyUser', 'proxyPassword'),
};
const forbids: Words = {
  causes: ['A rule of the proxy forbids this host or port.'],
  fixes: ['Ask the administrator of the proxy to allow it.'],
};
const cannotReach: Words = {
  causes: [
    'The proxy does not know the host of the server, or cannot reach it.',
    'The server is not running.',
  ],
  fixes: ['Check host and port, as the proxy sees them.', 'Ask the administrator of the proxy.'],
  actions: openFields('host'),
  retryable: true,
};
const isOdd: Words = {
  causes: ['The port belongs to another service, or to a proxy of another kind.'],
  fixes: ['Check host, port and kind of the proxy under Network.'],
  actions: openFields('proxyHost'),
};

/** Reply codes of SOCKS 5 (RFC 1928, section 6); 255 stands for a log-in that was refused. */
const socksWords: Readonly<Record<number, Words>> = {
  1: cannotReach,
  2: forbids,
  3: cannotReach,
  4: cannotReach,
  5: cannotReach,
  6: cannotReach,
  255: wantsLogin,
};

function httpWords(status: number): Words {
  if (status === 407) return wantsLogin;
  if (status === 403 || status === 405) return forbids;
  return status >= 500 ? cannotReach : isOdd;
}

/** @param place where the proxy was asked to connect to */
export function proxyRefused(
  { type, host, port }: ProxyNetwork,
  place: string,
  { status, message }: ProxyRefused,
): AppError {
  const words =
    status === null ? isOdd : type === 'socks5' ? (socksWords[status] ?? isOdd) : httpWords(status);
  return new AppError('PROXY_REFUSED', {
    title: `The proxy ${host}, port ${port} did not open the way to ${place}`,
    detail: message,
    driverCode: status === null ? null : String(status),
    ...words,
  });
}
