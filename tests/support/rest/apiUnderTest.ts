import type { ServerOptions } from 'node:https';
import { onTestFinished } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { type Clock, systemClock } from '../../../src/main/base/Clock.ts';
import type { ConnectOptions, ConnectTarget } from '../../../src/main/connectors/Connector.ts';
import type {
  IncomingAnswer,
  OutgoingRequest,
  SendOptions,
} from '../../../src/main/connectors/rest/ApiSession.ts';
import { RestConnection } from '../../../src/main/connectors/rest/RestConnection.ts';
import { RestConnector } from '../../../src/main/connectors/rest/RestConnector.ts';
import type { RestConfig } from '../../../src/shared/engines/rest/config.ts';
import { defaultTimeoutSettings } from '../../../src/shared/model/poolSettings.ts';
import { type Answering, ApiServer } from './ApiServer.ts';
import { someRestConfig } from './someRest.ts';

/** Starts an `ApiServer` that ends with the test. @param tls makes it an https server */
export async function startApi(
  answer: Answering = () => undefined,
  tls: ServerOptions | null = null,
  host?: string,
): Promise<ApiServer> {
  const api = await ApiServer.listen(answer, tls, host);
  onTestFinished(() => api.close());
  return api;
}

export const plainConfig = (baseUrl: string, changes: Partial<RestConfig> = {}): RestConfig =>
  someRestConfig({ baseUrl, maxRetries: 3, maxResponseMb: 4, ...changes });

export interface ConnectingOptions {
  readonly secrets?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly connector?: RestConnector;
  readonly target?: Partial<ConnectTarget>;
  readonly options?: Partial<ConnectOptions>;
}

/** The connector with pauses of no length, so that no test waits for them. */
export const impatientConnector = (clock: Clock = systemClock): RestConnector =>
  new RestConnector(clock, undefined, () => 0);

/** An open connection; closed after the test. */
export async function openApi(config: RestConfig, options: ConnectingOptions = {}): Promise<RestConnection> {
  const { secrets = {}, clock = systemClock, connector = impatientConnector(clock) } = options;
  const target: ConnectTarget = {
    engine: { kind: 'rest', config },
    readOnly: false,
    timeouts: { ...defaultTimeoutSettings, connectMs: 5_000, queryMs: 5_000 },
    secret: async (field) => secrets[field] ?? null,
    applicationName: 'Mooring',
    ...options.target,
  };
  const connection = await connector.connect(config, target, { signal: neverAborted, ...options.options });
  if (!(connection instanceof RestConnection)) throw new Error('Not a connection to an API');
  onTestFinished(() => connection.close());
  return connection;
}

/** Sends a request; the path is behind the base URL, or a whole address. */
export function ask(
  connection: RestConnection,
  path: string,
  changes: Partial<OutgoingRequest> = {},
  options: Partial<SendOptions> = {},
): Promise<IncomingAnswer> {
  const { baseUrl } = connection.config;
  const request: OutgoingRequest = {
    method: 'GET',
    url: new URL(/^https?:/.test(path) ? path : `${baseUrl}${path}`),
    headers: [],
    body: null,
    isRepeatable: false,
    rules: [],
    messageSelector: '',
    ...changes,
  };
  return connection.send(request, { signal: neverAborted, purpose: 'user', ...options });
}
