import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '../Logger.ts';
import { listenError } from './endpointErrors.ts';
import { metricsPath, type Refusal, refusalAnswer, refusalOf } from './requestRefusal.ts';

/** Loopback of IPv4, the only address it ever listens on. */
const host = '127.0.0.1';
/** Prometheus needs one; a few more may be on their way out. */
const maxConnections = 8;
const maxHeaderBytes = 8 * 1024;
/** Node has to find out by itself that a request does not come to its end. */
const limitCheckMs = 500;

export interface MetricsEndpointOptions {
  readonly port: number;
  readonly isToken: (given: string) => boolean;
  readonly contentType: string;
  /** What is answered, in parts that are sent one after the other. */
  readonly pages: () => Promise<readonly Buffer[]>;
  readonly onScraped: () => void;
  readonly onRefused: (refusal: Refusal) => void;
  readonly logger: Logger;
  /** How long a request may take to arrive, and how long its connection may stand still. Default: 5 seconds. */
  readonly patienceMs?: number;
}

/**
 * Answers `GET /metrics` on this computer, to whoever has the token. One request for each connection: nobody keeps one
 * open for nothing. Everything else gets a status without a word.
 */
export class MetricsEndpoint {
  readonly port: number;
  readonly #options: MetricsEndpointOptions;
  readonly #server: Server;

  private constructor(options: MetricsEndpointOptions) {
    const { port, patienceMs = 5_000 } = options;
    this.port = port;
    this.#options = options;
    this.#server = createServer(
      {
        maxHeaderSize: maxHeaderBytes,
        headersTimeout: patienceMs,
        requestTimeout: patienceMs,
        connectionsCheckingInterval: Math.min(limitCheckMs, patienceMs),
      },
      (request, response) => void this.#answer(request, response),
    );
    this.#server.maxConnections = maxConnections;
    this.#server.timeout = patienceMs;
    // A request that asks whether its body is wanted is answered like any other, without one.
    this.#server.on('checkContinue', (request, response) => void this.#answer(request, response));
  }

  /** @throws PORT_IN_USE, ENDPOINT_FAILED */
  static async listen(options: MetricsEndpointOptions): Promise<MetricsEndpoint> {
    const endpoint = new MetricsEndpoint(options);
    await endpoint.#listen();
    return endpoint;
  }

  get address(): string {
    return `http://${host}:${this.port}${metricsPath}`;
  }

  /** Ends it with all its connections; the port is free when this resolves. */
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  #listen(): Promise<void> {
    const server = this.#server;
    return new Promise((resolve, reject) => {
      server.once('error', (error) => reject(listenError(this.port, error)));
      server.listen({ host, port: this.port, exclusive: true }, () => {
        server.removeAllListeners('error');
        server.on('error', (error) =>
          this.#options.logger.error('The metrics endpoint failed', { port: this.port }, error),
        );
        resolve();
      });
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { contentType, isToken, onRefused, onScraped, pages, logger } = this.#options;
    const refusal = refusalOf(request, this.port, isToken);
    if (refusal !== null) {
      const { status, headers } = refusalAnswer(refusal);
      onRefused(refusal);
      response.writeHead(status, { ...closing, ...headers }).end();
      return;
    }
    try {
      const body = await pages();
      const length = body.reduce((sum, page) => sum + page.length, 0);
      response.writeHead(200, { ...closing, 'Content-Type': contentType, 'Content-Length': length });
      for (const page of body) response.write(page);
      response.end();
      onScraped();
    } catch (error) {
      logger.error('The metrics could not be written', {}, error);
      response.writeHead(500, closing).end();
    }
  }
}

const closing = { Connection: 'close', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
