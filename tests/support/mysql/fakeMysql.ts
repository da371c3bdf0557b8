import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ClusterTls } from '../postgresCluster.ts';
import { greeting, ok } from './fakeMysqlPackets.ts';

const headerBytes = 4;
const endlessBatchCount = 1_000;

export interface Command {
  /** 1 quit, 3 query, 14 ping, 22 prepare, 23 execute. */
  readonly code: number;
  /** Of a query: the statement. */
  readonly text: string;
}

/** One client of a fake server, from the first byte on. */
export class FakeMysqlPeer {
  /** The payloads of all packets the client has sent, also those before TLS. */
  readonly packets: Buffer[] = [];
  #socket: Socket;
  #unread = Buffer.alloc(0);
  #nextSequence = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(socket: Socket) {
    this.#socket = socket;
    this.#listenTo(socket);
  }

  /** The next packet of the client; null when it hangs up instead. */
  async read(): Promise<Buffer | null> {
    while (!this.#hasPacket) {
      if (this.#socket.destroyed || this.#socket.readableEnded) return null;
      await this.#news();
    }
    const end = headerBytes + this.#unread.readUIntLE(0, 3);
    const payload = this.#unread.subarray(headerBytes, end);
    this.#nextSequence = (this.#unread.readUInt8(3) + 1) & 0xff;
    this.#unread = this.#unread.subarray(end);
    this.packets.push(payload);
    return payload;
  }

  /** Sends payloads, one packet each, numbered on from the client's last packet. */
  send(...payloads: readonly Buffer[]): void {
    const packets = payloads.map((payload) => {
      const sequence = this.#nextSequence;
      this.#nextSequence = (sequence + 1) & 0xff;
      return packet(payload, sequence);
    });
    this.sendBytes(Buffer.concat(packets));
  }

  /** Sends what need not be a packet. */
  sendBytes(bytes: Buffer): void {
    if (!this.#socket.destroyed) this.#socket.write(bytes);
  }

  /** Bytes that were sent so far, or wait for the client to read. */
  get sentBytes(): number {
    return this.#socket.bytesWritten;
  }

  /** Sends the same payload again and again, as fast as the client reads; resolves with the count when it hangs up. */
  async sendEndlessly(payload: Buffer): Promise<number> {
    const batch = Array.from({ length: endlessBatchCount }, () => payload);
    let count = 0;
    while (!this.#socket.destroyed) {
      this.send(...batch);
      count += batch.length;
      if (this.#socket.writableNeedDrain) await this.#news();
    }
    return count;
  }

  /** Goes on encrypted, after the client's request for it has been read. */
  async startTls({ certificatePem, keyPem }: ClusterTls): Promise<void> {
    const plain = this.#socket;
    plain.off('data', this.#keep);
    plain.pause();
    if (this.#unread.length > 0) plain.unshift(this.#unread);
    this.#unread = Buffer.alloc(0);
    const secure = new TLSSocket(plain, { isServer: true, cert: certificatePem, key: keyPem });
    this.#listenTo(secure);
    this.#socket = secure;
    await Promise.race([once(secure, 'secure'), once(secure, 'close')]).catch(() => undefined);
  }

  /** Greets with mysql_native_password and lets the client in, whatever its password is. */
  async letIn(): Promise<void> {
    this.send(greeting());
    await this.read();
    this.send(ok);
  }

  /** Answers the commands of a client that was let in, with one packet for each payload, until it hangs up. */
  async serve(answer: (command: Command) => readonly Buffer[] | Promise<readonly Buffer[]>): Promise<void> {
    for (let payload = await this.read(); payload !== null; payload = await this.read()) {
      this.send(...(await answer({ code: payload.readUInt8(0), text: payload.toString('utf8', 1) })));
    }
  }

  hangUp(): void {
    this.#socket.destroy();
  }

  get #hasPacket(): boolean {
    const { length } = this.#unread;
    return length >= headerBytes && length >= headerBytes + this.#unread.readUIntLE(0, 3);
  }

  #listenTo(socket: Socket): void {
    socket.on('data', this.#keep);
    socket.on('error', () => undefined);
    for (const event of ['drain', 'end', 'close']) socket.on(event, this.#wake);
  }

  /** Resolves when the client has sent or read something, or has gone. */
  #news(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  readonly #wake = (): void => {
    for (const resolve of this.#waiting.splice(0)) resolve();
  };

  readonly #keep = (chunk: Buffer): void => {
    this.#unread = Buffer.concat([this.#unread, chunk]);
    this.#wake();
  };
}

/** A TCP server that speaks to each client as the test's script says; the script ends when the client hangs up. */
export class FakeMysql {
  readonly host = '127.0.0.1';
  readonly peers: FakeMysqlPeer[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(script: (peer: FakeMysqlPeer) => Promise<void> | void): Promise<FakeMysql> {
    const server = createServer();
    const fake = new FakeMysql(server);
    server.on('connection', (socket) => {
      const peer = new FakeMysqlPeer(socket);
      fake.peers.push(peer);
      void script(peer);
    });
    server.listen(0, fake.host);
    await once(server, 'listening');
    return fake;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async dispose(): Promise<void> {
    for (const peer of this.peers) peer.hangUp();
    this.#server.close();
    await once(this.#server, 'close');
  }
}

/** @param length what the header says; another one than the payload's makes the packet malformed */
export function packet(payload: Buffer, sequence: number, length = payload.length): Buffer {
  const header = Buffer.alloc(headerBytes);
  header.writeUIntLE(length, 0, 3);
  header.writeUInt8(sequence, 3);
  return Buffer.concat([header, payload]);
}
