import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

const cancelKey = 'K'.charCodeAt(0);

/** Hands everything on between clients and a PostgreSQL, which reports one more parameter at log-in. */
export class StatusProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param parameter its value is made up */
  static async start(
    to: { readonly host: string; readonly port: number },
    parameter: string,
  ): Promise<StatusProxy> {
    const server = createServer();
    const proxy = new StatusProxy(server);
    server.on('connection', (client) => proxy.#serve(client, connect(to.port, to.host), parameter));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get address(): { readonly host: string; readonly port: number } {
    return { host: '127.0.0.1', port: (this.#server.address() as AddressInfo).port };
  }

  async dispose(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #serve(client: Socket, upstream: Socket, parameter: string): void {
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
    }
    client.pipe(upstream);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
    let unread = Buffer.alloc(0);
    let isIn = false;
    upstream.on('data', (chunk: Buffer) => {
      if (isIn) {
        client.write(chunk);
        return;
      }
      unread = Buffer.concat([unread, chunk]);
      for (let end = endOfMessage(unread); end !== null; end = endOfMessage(unread)) {
        if (!isIn && unread[0] === cancelKey) {
          client.write(status(parameter, 'made up'));
          isIn = true;
        }
        client.write(unread.subarray(0, end));
        unread = unread.subarray(end);
      }
      if (isIn) client.write(unread);
    });
  }
}

/** Where the first message ends; null while it is not all there. */
function endOfMessage(bytes: Buffer): number | null {
  if (bytes.length < 5) return null;
  const end = 1 + bytes.readUInt32BE(1);
  return bytes.length < end ? null : end;
}

function status(name: string, value: string): Buffer {
  const body = Buffer.from(`${name}\0${value}\0`);
  const header = Buffer.alloc(5);
  header.write('S', 0, 'latin1');
  header.writeUInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}
