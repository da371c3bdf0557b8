import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { Emitter } from '../../../src/main/base/Emitter.ts';
import { ProxiedConnection } from './ProxiedConnection.ts';
import { ProxyRules } from './ProxyRules.ts';

/** Where the proxy's clients really want to go. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
}

/** What a proxy has seen since it was started. */
export interface ProxySeen {
  /** TCP connections accepted, also those that lead nowhere. */
  readonly connections: number;
  /** Clients whose socket is open now, as the proxy sees it. */
  readonly open: number;
  readonly bytesToServer: number;
  readonly bytesToClient: number;
}

/**
 * A bad network between a client and a real server: a TCP proxy on a port of 127.0.0.1 that does to the bytes what a
 * test says. Connections that were lost or cut stay so; `heal` makes the path good for new ones.
 */
export class FaultProxy {
  readonly host = '127.0.0.1';
  readonly port: number;
  /** A piece of data has been handed on, in either direction. */
  readonly onPiece = new Emitter<void>();
  readonly #upstream: Upstream;
  readonly #server: Server;
  readonly #toServer = new ProxyRules();
  readonly #toClient = new ProxyRules();
  readonly #connections = new Set<ProxiedConnection>();
  readonly #clients = new Set<Socket>();
  /** Outlive their clients where a path was lost: the server has not heard of it. */
  readonly #upstreams = new Set<Socket>();
  #isBlackHole = false;
  #byteLimit: number | null = null;
  #accepted = 0;
  #bytes = { toServer: 0, toClient: 0 };

  private constructor(server: Server, upstream: Upstream) {
    this.#server = server;
    this.#upstream = upstream;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (client) => this.#accept(client));
  }

  static async start(upstream: Upstream): Promise<FaultProxy> {
    const server = createServer({ allowHalfOpen: true, noDelay: true });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new FaultProxy(server, upstream);
  }

  get seen(): ProxySeen {
    return {
      connections: this.#accepted,
      open: [...this.#clients].filter((client) => !client.readableEnded && !client.destroyed).length,
      bytesToServer: this.#bytes.toServer,
      bytesToClient: this.#bytes.toClient,
    };
  }

  /** Milliseconds that bytes are late from now on, by direction; 0 is none. */
  delay({ toServerMs = 0, toClientMs = 0 }: { toServerMs?: number; toClientMs?: number }): void {
    this.#toServer.latencyMs = toServerMs;
    this.#toClient.latencyMs = toClientMs;
  }

  /** Hands bytes on this slowly, in slices, both ways. */
  throttle({ bytesPerSecond, sliceBytes = 1_024 }: { bytesPerSecond: number; sliceBytes?: number }): void {
    for (const rules of [this.#toServer, this.#toClient]) {
      rules.bytesPerSecond = bytesPerSecond;
      rules.sliceBytes = sliceBytes;
    }
  }

  /** Holds all bytes, also those of new connections, until `thaw`; none is lost. */
  freeze(): void {
    this.#toServer.freeze();
    this.#toClient.freeze();
  }

  thaw(): void {
    this.#toServer.thaw();
    this.#toClient.thaw();
  }

  /** The open connections are dead from now on without a word to either side; new ones work. As after a sleep. */
  loseOpen(): void {
    for (const connection of this.#connections) connection.lose();
  }

  /** As `loseOpen`, and new connections are accepted by TCP and never answered, until `heal`. */
  blackHole(): void {
    this.#isBlackHole = true;
    this.loseOpen();
  }

  /** `reset`: both sides see a TCP reset. `half-close`: the clients see the end of the stream, the server nothing. */
  cut(how: 'reset' | 'half-close'): void {
    for (const connection of this.#connections) {
      if (how === 'reset') connection.reset();
      else connection.halfClose();
    }
  }

  /** Each connection, open or new, ends in order after this many more bytes from the server. */
  limitData(byteCount: number): void {
    this.#byteLimit = byteCount;
    for (const connection of this.#connections) connection.limitToClient(byteCount);
  }

  /** New connections are refused from now on (ECONNREFUSED); open ones go on. */
  refuse(): void {
    if (this.#server.listening) this.#server.close();
  }

  /** Makes the path good again for new connections, and for open ones that were only slow or frozen. */
  async heal(): Promise<void> {
    this.#isBlackHole = false;
    this.#byteLimit = null;
    this.#toServer.clear();
    this.#toClient.clear();
    if (this.#server.listening) return;
    this.#server.listen(this.port, this.host);
    await once(this.#server, 'listening');
  }

  dispose(): void {
    this.#toServer.clear();
    this.#toClient.clear();
    this.#server.close();
    for (const socket of [...this.#clients, ...this.#upstreams]) socket.destroy();
  }

  #accept(client: Socket): void {
    this.#accepted += 1;
    this.#clients.add(client);
    client.once('close', () => this.#clients.delete(client));
    if (this.#isBlackHole) {
      client.on('error', () => undefined).resume();
      return;
    }
    const server = connect({ ...this.#upstream, allowHalfOpen: true, noDelay: true });
    const connection = new ProxiedConnection(client, server, {
      toServer: this.#toServer,
      toClient: this.#toClient,
      onBytes: (direction, count) => {
        this.#bytes[direction] += count;
        this.onPiece.emit();
      },
    });
    if (this.#byteLimit !== null) connection.limitToClient(this.#byteLimit);
    this.#connections.add(connection);
    client.once('close', () => this.#connections.delete(connection));
    server.once('close', () => this.#upstreams.delete(server));
    this.#upstreams.add(server);
  }
}
