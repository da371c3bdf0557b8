import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
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
import { someRestConfig } from './someRest.ts';

/** A request as a server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answering = (request: SeenRequest, response: ServerResponse) => void;

/** A server on loopback that keeps what it was asked; it ends with the test. */
export class ApiUnderTest {
  readonly seen: SeenRequest[] = [];
  readonly origin: string;
  /** How many sockets were opened to it. */
  socketCount = 0;
  /** Answers from now on. */
  answer: Answering;

  private constructor(origin: string, answer: Answering) {
    this.origin = origin;
    this.answer = answer;
  }

  /** @param tls makes it an https server */
  static async start(
    answer: Answering,
    tls: ServerOptions | null = null,
    host = '127.0.0.1',
  ): Promise<ApiUnderTest> {
    const listener: RequestListener = (request, response) => void handle(request, response);
    const server = tls === null ? createServer(listener) : createTlsServer(tls, listener);
    server.listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const api = new ApiUnderTest(`http${tls === null ? '' : 's'}://${host}:${port}`, answer);
    const handle = async (request: IncomingMessage, response: ServerResponse) => {
      const body = await text(request);
      const { method = '', url = '', headers } = request;
      const seen = { method, url, headers, body };
      api.seen.push(seen);
      api.answer(seen, response);
    };
    server.on(tls === null ? 'connection' : 'secureConnection', () => {
      api.socketCount += 1;
    });
    onTestFinished(() => {
      server.close();
      server.closeAllConnections();
    });
    return api;
  }
}

export const json =
  (value: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Answering =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };

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
