import type { Socket } from 'node:net';
import { ProxyFlow } from './ProxyFlow.ts';
import type { ProxyRules } from './ProxyRules.ts';

/** What a connection needs to know of its proxy. */
export interface ProxyPath {
  readonly toServer: ProxyRules;
  readonly toClient: ProxyRules;
  readonly onBytes: (direction: 'toServer' | 'toClient', count: number) => void;
}

/** One client of a FaultProxy with its own socket to the server. A reset on one side resets the other. */
export class ProxiedConnection {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #toServer: ProxyFlow;
  readonly #toClient: ProxyFlow;
  #isLost = false;

  constructor(client: Socket, server: Socket, path: ProxyPath) {
    this.#client = client;
    this.#server = server;
    this.#toServer = new ProxyFlow(client, server, path.toServer, (count) => path.onBytes('toServer', count));
    this.#toClient = new ProxyFlow(server, client, path.toClient, (count) => path.onBytes('toClient', count));
    this.#passOnReset(client, server);
    this.#passOnReset(server, client);
  }

  /** Neither side hears of the other again, not even that it is gone: a path that a VPN or a sleep took away. */
  lose(): void {
    this.#isLost = true;
    this.#toServer.lose();
    this.#toClient.lose();
  }

  /** Both sides see a reset. */
  reset(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  /** The client is told that no more bytes come, and none do; the server hears nothing of it. */
  halfClose(): void {
    this.#toClient.lose();
    this.#client.end();
  }

  /** After this many more bytes from the server both sides are closed. */
  limitToClient(byteCount: number): void {
    this.#toClient.limit(byteCount, () => {
      this.#client.end();
      this.#server.destroy();
    });
  }

  #passOnReset(from: Socket, to: Socket): void {
    from.on('error', () => undefined);
    from.on('close', (hadError) => {
      if (hadError && !this.#isLost && !to.destroyed) to.resetAndDestroy();
    });
  }
}
