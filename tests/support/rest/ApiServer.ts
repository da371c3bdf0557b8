import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as a server saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answering = (request: SeenRequest, response: ServerResponse) => void;

/** A server on loopback that keeps what it was asked. Who starts it closes it. */
export class ApiServer {
  readonly seen: SeenRequest[] = [];
  readonly origin: string;
  /** How many sockets were opened to it. */
  socketCount = 0;
  /** Answers from now on. */
  answer: Answering;
  readonly #server: Server;

  private constructor(server: Server, origin: string, answer: Answering) {
    this.#server = server;
    this.origin = origin;
    this.answer = answer;
  }

  /** @param tls makes it an https server */
  static async listen(
    answer: Answering,
    tls: ServerOptions | null = null,
    host = '127.0.0.1',
  ): Promise<ApiServer> {
    const listener: RequestListener = (request, response) => void handle(request, response);
    const server = tls === null ? createServer(listener) : createTlsServer(tls, listener);
    server.listen(0, host);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const api = new ApiServer(server, `http${tls === null ? '' : 's'}://${host}:${port}`, answer);
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
    return api;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

export const json =
  (value: unknown, headers: Readonly<Record<string, string>> = {}, status = 200): Answering =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(JSON.stringify(value));
  };
