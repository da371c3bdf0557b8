import { createServer, type Server } from 'node:http';
import { commandError } from './commandErrors.ts';

/** Loopback of IPv4, the only address it listens on. */
const host = '127.0.0.1';
const maxConnections = 16;
const patienceMs = 5_000;

/** What a worker says of itself: nothing of where its queue is, and of what it copies. */
export interface WorkerHealth {
  readonly version: string;
  /** `starting`: it has not reached the queue yet. */
  readonly state: 'starting' | 'running' | 'unreachable' | 'stopping';
  /** ISO 8601. */
  readonly since: string;
  readonly runCount: number;
}

/** Answers with the health of a worker, and 200 as long as it takes runs; else 503. */
export class HealthEndpoint {
  readonly #server: Server;

  private constructor(health: () => WorkerHealth) {
    const limits = { maxHeaderSize: 8 * 1_024, headersTimeout: patienceMs, requestTimeout: patienceMs };
    this.#server = createServer(limits, ({ method }, response) => {
      const isRead = method === 'GET' || method === 'HEAD';
      const answer = health();
      const status = !isRead ? 405 : answer.state === 'running' ? 200 : 503;
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(status === 405 || method === 'HEAD' ? '' : `${JSON.stringify(answer)}\n`);
    });
    this.#server.maxConnections = maxConnections;
    this.#server.timeout = patienceMs;
  }

  /** @throws INVALID_INPUT when the port cannot be had */
  static async listen(port: number, health: () => WorkerHealth): Promise<HealthEndpoint> {
    const endpoint = new HealthEndpoint(health);
    await endpoint.#listen(port);
    return endpoint;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #listen(port: number): Promise<void> {
    const server = this.#server;
    return new Promise((resolve, reject) => {
      server.once('error', (error) =>
        reject(commandError(`--health: port ${port} is in use, or reserved by the system.`, error)),
      );
      server.listen({ host, port, exclusive: true }, resolve);
    });
  }
}

const headers = { Connection: 'close', 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };
