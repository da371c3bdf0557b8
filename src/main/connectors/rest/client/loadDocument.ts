import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import { withDeadline } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { Lookup } from '../../network/sockets/resolveHost.ts';
import { noCredentials } from '../authentication/Authentication.ts';
import { requestTimeoutError } from '../errors/answerErrors.ts';
import { refusalError } from './answerFailures.ts';
import { noPassphrase } from './openWay.ts';
import { Redactor } from './Redactor.ts';
import { RequestRoute } from './RequestRoute.ts';
import { Transport } from './Transport.ts';
import { transportOptions } from './transportOptions.ts';
import { placeText } from './urls.ts';

const maxMegabytes = 60;
const timeoutMs = 60_000;
const connectMs = 15_000;

/** Loads a document from where it is published: without credentials, and checked as any website. @throws as a request */
export async function loadDocument(
  url: URL,
  { lookup, clock }: { readonly lookup: Lookup; readonly clock: Clock },
  signal: AbortSignal,
): Promise<string> {
  const config = plainConfig(url);
  const transport = new Transport(transportOptions(config, connectMs, { lookup, clock }, noPassphrase));
  const route = new RequestRoute({
    ...{ config, transport, jar: null, userAgent: 'Mooring' },
    base: url,
    authentication: { credentials: async () => noCredentials, refused: () => false },
    redactor: new Redactor(),
    maxBytes: maxMegabytes * 1024 * 1024,
  });
  const request = {
    ...{ method: 'GET' as const, url, body: null, isRepeatable: true, rules: [], messageSelector: '' },
    headers: [['Accept', 'application/json, application/yaml, text/yaml, */*;q=0.5']] as const,
  };
  const timeout = () => requestTimeoutError('GET', placeText(url), timeoutMs);
  try {
    const routed = await withDeadline(clock, signal, timeoutMs, timeout, (limited) =>
      route.send(request, false, limited),
    );
    if (routed.answer.status >= 300) throw refusalError(routed, request, false, clock.wallMs());
    return routed.answer.body.toString('utf8');
  } finally {
    transport.destroy();
  }
}

const plainConfig = (url: URL): RestConfig => ({
  baseUrl: url.origin,
  headers: [],
  query: [],
  auth: { type: 'none' },
  tls: { mode: 'verify-full', caPem: null },
  proxyUrl: null,
  rateLimit: null,
  maxRetries: 0,
  keepsCookies: false,
  maxResponseMb: maxMegabytes,
  variables: [],
  resources: [],
});
