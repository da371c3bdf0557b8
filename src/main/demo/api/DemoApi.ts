import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { AppError } from '../../base/AppError.ts';
import { untilAborted } from '../../base/abort.ts';
import { SharedWork } from '../../base/async/SharedWork.ts';
import type { Clock } from '../../base/Clock.ts';
import type { Logger } from '../../observability/Logger.ts';
import { demoHost } from '../demoDataSource.ts';
import { demoFailed } from '../demoErrors.ts';
import {
  type ApiAnswer,
  doorAnswer,
  failure,
  rateHeaders,
  tooManyRequests,
  unauthorized,
} from './apiAnswer.ts';
import { type DemoDatabase, DemoRecords } from './DemoRecords.ts';
import { keyHeader, openApiDocument, requestRate } from './openApiDocument.ts';
import { BadParameter } from './pageQuery.ts';
import { RequestRate } from './RequestRate.ts';
import { recordsAnswer } from './recordsAnswer.ts';

/** The port that it takes if it is free; else one of the next. Its data sources are told where it is at each start. */
const firstPort = 15_480;
const triedPorts = 20;
/** A few programs, and those of tests. */
const maxConnections = 64;
const maxHeaderBytes = 16 * 1024;
/** How long a request may take to arrive. */
const patienceMs = 10_000;

export interface DemoApiOptions {
  readonly database: DemoDatabase;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Default: 15480. */
  readonly firstPort?: number;
}

/**
 * An API of the app over its own demo database, for this computer alone. It starts at first use, and has a new key in
 * each run, which is only in memory.
 */
export class DemoApi {
  readonly #options: DemoApiOptions;
  readonly #records: DemoRecords;
  readonly #rate: RequestRate;
  readonly #key = randomBytes(32).toString('base64url');
  readonly #starting: SharedWork<string>;
  #server: { readonly http: Server; readonly port: number } | null = null;

  constructor(options: DemoApiOptions) {
    this.#options = options;
    this.#records = new DemoRecords(options.database);
    this.#rate = new RequestRate(options.clock, requestRate.requests, requestRate.seconds * 1_000);
    this.#starting = new SharedWork((signal) => this.#start(signal));
  }

  /** The key that its requests must have, in the header `X-API-Key`. */
  get key(): string {
    return this.#key;
  }

  /**
   * Starts the database and the API where they do not run. @returns its base URL
   * @throws as `DemoServer.ensureRunning`; DEMO_FAILED when no port is free
   */
  ensureRunning(signal: AbortSignal): Promise<string> {
    return this.#starting.join(signal);
  }

  /** What it offers, as an OpenAPI document. It is the one that it answers itself. */
  document(baseUrl: string): string {
    return openApiDocument(baseUrl);
  }

  /** Ends it with all its connections. The next use starts it again. */
  async stop(): Promise<void> {
    this.#starting.cancel(new AppError('SHUTTING_DOWN', { title: 'The demo API is being stopped' }));
    const server = this.#server;
    this.#server = null;
    this.#records.close();
    if (server === null) return;
    await new Promise<void>((resolve) => {
      server.http.close(() => resolve());
      server.http.closeAllConnections();
    });
  }

  async #start(signal: AbortSignal): Promise<string> {
    await this.#options.database.ensureRunning(signal);
    this.#server ??= await this.#listen();
    return `http://${demoHost}:${this.#server.port}`;
  }

  async #listen(): Promise<{ http: Server; port: number }> {
    const first = this.#options.firstPort ?? firstPort;
    for (let port = first; port < first + triedPorts; port += 1) {
      const http = this.#createServer(port);
      if (await listens(http, port)) {
        http.on('error', (error) => this.#options.logger.error('The demo API failed', { port }, error));
        return { http, port };
      }
    }
    throw demoFailed('reached over HTTP', `No port from ${first} to ${first + triedPorts - 1} is free.`);
  }

  #createServer(port: number): Server {
    const http = createServer(
      { maxHeaderSize: maxHeaderBytes, headersTimeout: patienceMs, requestTimeout: patienceMs },
      (request, response) => void this.#respond(request, response, port),
    );
    http.maxConnections = maxConnections;
    return http;
  }

  async #respond(request: IncomingMessage, response: ServerResponse, port: number): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { status, headers, body } = await this.#answer(request, port, gone.signal);
    if (gone.signal.aborted) return;
    response
      .writeHead(status, {
        'Content-Type': 'application/json; charset=utf-8',
        'Content-Length': Buffer.byteLength(body),
        'Cache-Control': 'no-store',
        'X-Content-Type-Options': 'nosniff',
        ...headers,
      })
      .end(body);
  }

  /** Never rejects. */
  async #answer(request: IncomingMessage, port: number, signal: AbortSignal): Promise<ApiAnswer> {
    const refused = doorAnswer(request, port);
    if (refused !== null) return refused;
    const origin = `http://${demoHost}:${port}`;
    if (request.url === '/openapi.json') return { status: 200, headers: {}, body: openApiDocument(origin) };
    if (!this.#isKey(request.headers[keyHeader.toLowerCase()])) return unauthorized;
    const rate = this.#rate.take();
    const answer = rate.isOver
      ? tooManyRequests(rate)
      : await this.#recordsAnswer(`${origin}${request.url ?? '/'}`, signal);
    return { ...answer, headers: { ...rateHeaders(rate), ...answer.headers } };
  }

  async #recordsAnswer(address: string, signal: AbortSignal): Promise<ApiAnswer> {
    if (!URL.canParse(address)) return failure(400, 'bad_request', 'The address cannot be read');
    try {
      return await untilAborted(signal, recordsAnswer(new URL(address), this.#records, signal));
    } catch (error) {
      if (error instanceof BadParameter) return failure(400, 'bad_request', error.message);
      if (!signal.aborted) this.#options.logger.warn('The demo API could not read its database', {}, error);
      return failure(503, 'unavailable', 'The demo database does not answer', { 'Retry-After': '1' });
    }
  }

  /** Compared as hashes: equal lengths, and nothing to be learnt from how long it takes. */
  #isKey(given: string | string[] | undefined): boolean {
    if (typeof given !== 'string') return false;
    const [left, right] = [given, this.#key].map((key) => createHash('sha256').update(key).digest());
    return left !== undefined && right !== undefined && timingSafeEqual(left, right);
  }
}

/** @returns false when the port is taken, or may not be used */
function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ host: demoHost, port, exclusive: true }, () => {
      server.removeAllListeners('error');
      resolve(true);
    });
  });
}
