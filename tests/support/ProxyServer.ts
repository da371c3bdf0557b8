import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export interface ProxyLogin {
  readonly user: string;
  readonly password: string;
}

/** A proxy on a port of 127.0.0.1 that speaks just enough of its protocol to lead on to real servers. */
export class ProxyServer {
  readonly host = '127.0.0.1';
  readonly port: number;
  /** The places that it was asked for, as `host:port`. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
    });
  }

  static async start(type: 'socks5' | 'http-connect', login: ProxyLogin | null): Promise<ProxyServer> {
    const server = createServer((socket) => {
      const lead = type === 'socks5' ? speakSocks(socket, login) : speakHttp(socket, login);
      lead.then((place) => proxy.asked.push(place)).catch(() => socket.destroy());
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const proxy = new ProxyServer(server);
    return proxy;
  }

  dispose(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

const nextChunk = async (socket: Socket): Promise<Buffer> => (await once(socket, 'data'))[0] as Buffer;

/** The answer goes out with the first words of the server, where that speaks first. */
async function leadOn(socket: Socket, host: string, port: number, answer: Buffer): Promise<string> {
  const upstream = connect({ host, port, noDelay: true });
  upstream.on('error', () => socket.destroy());
  await once(upstream, 'connect');
  socket.write(answer);
  socket.pipe(upstream).pipe(socket);
  return `${host}:${port}`;
}

async function speakHttp(socket: Socket, login: ProxyLogin | null): Promise<string> {
  const head = (await nextChunk(socket)).toString('latin1');
  const [, host = '', port = ''] = /^CONNECT ([^:]+):(\d+) HTTP\/1\.1\r\n/.exec(head) ?? [];
  const [, given = ''] = /^Proxy-Authorization: Basic (\S+)\r$/m.exec(head) ?? [];
  const wanted = login === null ? '' : Buffer.from(`${login.user}:${login.password}`).toString('base64');
  if (given !== wanted) {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
    return 'refused';
  }
  return leadOn(socket, host, Number(port), Buffer.from('HTTP/1.1 200 Connection established\r\n\r\n'));
}

async function speakSocks(socket: Socket, login: ProxyLogin | null): Promise<string> {
  const hello = await nextChunk(socket);
  const method = login === null ? 0 : 2;
  if (!hello.subarray(2).includes(method)) {
    socket.end(Buffer.from([5, 0xff]));
    return 'refused';
  }
  socket.write(Buffer.from([5, method]));
  if (login !== null) {
    const given = await nextChunk(socket);
    const userLength = given.readUInt8(1);
    const user = given.subarray(2, 2 + userLength).toString();
    const isRight = user === login.user && given.subarray(3 + userLength).toString() === login.password;
    socket.write(Buffer.from([1, isRight ? 0 : 1]));
    if (!isRight) return 'refused';
  }
  const request = await nextChunk(socket);
  const isName = request.readUInt8(3) === 3;
  const address = isName ? request.subarray(5, -2).toString() : [...request.subarray(4, 8)].join('.');
  return leadOn(
    socket,
    address,
    request.readUInt16BE(request.length - 2),
    Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]),
  );
}
