import type { EngineFailures } from '../../network/failures/connectError.ts';
import { type EngineWords, type Explain, later, never } from '../../network/failures/connectSubject.ts';
import { ProxyRefused } from '../../network/proxy/ProxyRefused.ts';

export const restWords: EngineWords = {
  label: 'web',
  usualPorts: 'web servers usually use port 443, or 80 without TLS',
  tlsTurnedOff: 'a web server without TLS is reached by http://',
};

const proxyWantsLogin: Explain = () => ({
  ...never,
  code: 'AUTH_METHOD_REFUSED',
  title: 'The proxy asks for a log-in',
  causes: ['The proxy lets only known users through (status 407). Mooring has no log-in for proxies.'],
  fixes: ['Use a proxy without a log-in, such as one on this computer that logs in to the other.'],
});

const proxyUnreachable: Explain = ({ words }) => ({
  ...later,
  code: 'HOST_UNREACHABLE',
  title: 'The proxy cannot reach the API',
  causes: ['The proxy does not know the host of the API, or may not connect to it.', words].filter(
    (cause) => cause !== '',
  ),
  fixes: ['Check the base URL.', 'Ask the administrator of the proxy whether it may reach this host.'],
});

const proxyForbids: Explain = () => ({
  ...never,
  code: 'PERMISSION_DENIED',
  title: 'The proxy does not allow connections to this API',
  causes: ['A rule of the proxy forbids this host or port.'],
  fixes: [
    'Ask the administrator of the proxy to allow it.',
    'Remove the proxy if the API can be reached directly.',
  ],
});

const proxyOdd: Explain = () => ({
  ...never,
  code: 'PROTOCOL_ERROR',
  title: 'The proxy does not answer as an HTTP proxy does',
  causes: ['The address belongs to another service, or to another kind of proxy (SOCKS).'],
  fixes: ['Check the address and port of the proxy.'],
});

function explainProxy({ status }: ProxyRefused): Explain {
  if (status === null) return proxyOdd;
  if (status === 407) return proxyWantsLogin;
  return status === 403 || status === 405 ? proxyForbids : proxyUnreachable;
}

/** What is known of connects to an API beyond those of the network. */
export const restFailures: EngineFailures = {
  explain: (error) => (error instanceof ProxyRefused ? explainProxy(error) : null),
  wordsOf: () => null,
};
