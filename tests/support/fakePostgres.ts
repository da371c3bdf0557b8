import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** One client of a fake server, from the first byte on. */
export class FakePeer {
  readonly socket: Socket;
  /** Everything the client has sent. */
  received = Buffer.alloc(0);

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      this.received = Buffer.concat([this.received, chunk]);
    });
  }

  /** Waits until the client has sent this many bytes in all; resolves also when it hangs up or resets first. */
  async untilReceived(byteCount: number): Promise<void> {
    while (this.received.length < byteCount && !this.socket.destroyed) {
      // `once` rejects on an error, which is a reset here.
      await Promise.race([once(this.socket, 'data'), once(this.socket, 'close')]).catch(() => undefined);
    }
  }

  /** Waits for the whole startup message, which begins with its length. */
  async untilStartup(): Promise<void> {
    await this.untilReceived(4);
    if (this.received.length >= 4) await this.untilReceived(this.received.readInt32BE(0));
  }

  send(...messages: readonly Buffer[]): void {
    if (!this.socket.destroyed) this.socket.write(Buffer.concat(messages));
  }
}

/** A TCP server that does with each client what the test's script says. */
export class FakePostgres {
  readonly host: string;
  readonly peers: FakePeer[] = [];
  readonly #server: Server;

  private constructor(server: Server, host: string) {
    this.#server = server;
    this.host = host;
  }

  /** @param at where to listen: a free port of 127.0.0.1 unless the test needs a certain one */
  static async start(
    script: (peer: FakePeer) => Promise<void> | void,
    at: { readonly host: string; readonly port: number } = { host: '127.0.0.1', port: 0 },
  ): Promise<FakePostgres> {
    const server = createServer();
    const fake = new FakePostgres(server, at.host);
    server.on('connection', (socket) => {
      const peer = new FakePeer(socket);
      fake.peers.push(peer);
      void script(peer);
    });
    server.listen(at.port, at.host);
    await once(server, 'listening');
    return fake;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async dispose(): Promise<void> {
    for (const peer of this.peers) peer.socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** A message of the protocol: type, length, body. */
export function message(type: string, body: Buffer = Buffer.alloc(0), length = body.length + 4): Buffer {
  const header = Buffer.alloc(5);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(length, 1);
  return Buffer.concat([header, body]);
}

export const int16 = (...values: number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => {
    buffer.writeInt16BE(value, index * 2);
  });
  return buffer;
};

export const int32 = (...values: number[]): Buffer => {
  const buffer = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => {
    buffer.writeInt32BE(value, index * 4);
  });
  return buffer;
};

/** Zero-terminated texts. */
export const texts = (...values: string[]): Buffer =>
  Buffer.from(values.map((value) => `${value}\0`).join(''));

export const authenticationOk = message('R', int32(0));
export const cleartextRequest = message('R', int32(3));
export const md5Request = message('R', Buffer.concat([int32(5), Buffer.from('salt')]));
const backendKey = message('K', int32(4_242, 1));
export const readyForQuery = message('Z', Buffer.from('I'));
/** All that a server says to let a client in. */
export const welcome = Buffer.concat([authenticationOk, backendKey, readyForQuery]);

/** ErrorResponse with severity, SQLSTATE and text. */
export function errorResponse(sqlState: string, text: string, severity = 'FATAL'): Buffer {
  return message(
    'E',
    Buffer.concat([texts(`S${severity}`, `V${severity}`, `C${sqlState}`, `M${text}`), Buffer.alloc(1)]),
  );
}

/** RowDescription of text columns. */
export function rowDescription(...names: string[]): Buffer {
  const columns = names.map((name) =>
    Buffer.concat([texts(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]),
  );
  return message('T', Buffer.concat([int16(names.length), ...columns]));
}

/** DataRow of text cells; null is SQL NULL. */
export function dataRow(...cells: (string | null)[]): Buffer {
  const parts = cells.map((cell) => {
    if (cell === null) return int32(-1);
    const bytes = Buffer.from(cell);
    return Buffer.concat([int32(bytes.length), bytes]);
  });
  return message('D', Buffer.concat([int16(cells.length), ...parts]));
}

/** The answers to Parse and Bind, which come before every result. */
export const parsedAndBound = Buffer.concat([message('1'), message('2')]);
export const commandComplete = (tag: string): Buffer => message('C', texts(tag));
