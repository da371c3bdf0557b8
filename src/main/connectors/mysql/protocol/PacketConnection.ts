import { EventEmitter } from 'node:events';
import type { Duplex } from 'node:stream';
import type { ReadingTurn } from '../../network/limits/ReadingTurn.ts';
import { packetsOf, quitCommand } from './commandPackets.ts';
import { compressed, Inflater } from './compression.ts';
import { PacketGate, type PacketReader } from './PacketGate.ts';

interface WireEvents {
  /** The first failure; the socket is dropped. What comes after it is noise of the same failure. */
  error: [error: unknown];
  /** The socket has closed. */
  end: [];
}

/** The protocol's packets over a socket that is open already: each checked, then given to the reader of the moment. */
export class PacketConnection extends EventEmitter<WireEvents> {
  readonly stream: Duplex;
  readonly #turn: ReadingTurn;
  readonly #gate: PacketGate;
  #reader: PacketReader;
  #failure: unknown = null;
  /** Null: the traffic is not compressed. */
  #inflater: Inflater | null = null;
  /** Who wants the socket not to be read: the other connections of the process, or whoever takes the rows. */
  readonly #holds = { turn: false, consumer: false };
  readonly #forTurn = {
    pause: () => this.#hold('turn', true),
    resume: () => this.#hold('turn', false),
  };

  /**
   * @param reader takes the packets until `handOver`
   * @param sequence of the next packet of the log-in
   */
  constructor(stream: Duplex, reader: PacketReader, turn: ReadingTurn, sequence: number) {
    super();
    this.stream = stream;
    this.#reader = reader;
    this.#turn = turn;
    this.#gate = new PacketGate({
      take: (bytes, start, end) => {
        this.#turn.message();
        this.#reader.take(bytes, start, end);
      },
    });
    this.#gate.expect(sequence);
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('error', (error) => this.fail(error));
    stream.once('close', () => this.emit('end'));
    stream.resume();
  }

  /** The first failure, or null. */
  get failure(): unknown {
    return this.#failure;
  }

  /** Sends the next packet of the log-in. */
  sendNext(payload: Buffer): void {
    const { sequence } = this.#gate;
    this.#gate.expect((sequence + 1) & 0xff);
    this.send([packetsOf(payload, sequence)]);
  }

  /** @param commands the packets of each command */
  send(commands: readonly Buffer[]): void {
    if (this.stream.writable)
      this.stream.write(Buffer.concat(this.#inflater === null ? commands : commands.map(compressed)));
  }

  /** @param sequence the number of the next packet; null: nothing was asked, and any may come */
  expect(sequence: number | null): void {
    // In compressed frames servers number packets now in one way, now in another.
    this.#gate.expect(this.#inflater === null ? sequence : null);
  }

  /** Whoever takes the rows has enough of them for now, or wants more. */
  holdForConsumer(isHeld: boolean): void {
    this.#hold('consumer', isHeld);
  }

  /** Says goodbye; the server closes the connection. */
  end(): void {
    this.send([quitCommand.packets]);
    if (this.stream.writable) this.stream.end();
  }

  /**
   * The server has let us in: from the next packet on, all go to this reader.
   * @param isCompressed whether both sides compress what they send from now on
   */
  handOver(reader: PacketReader, isCompressed: boolean): void {
    this.#reader = reader;
    if (isCompressed) this.#inflater = new Inflater();
    this.#gate.letIn();
    this.#gate.expect(null);
  }

  /** Drops the socket. Only the first failure counts. */
  fail(error: unknown): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    // Without a listener an `error` would be thrown: then nobody is interested any more.
    if (this.listenerCount('error') > 0) this.emit('error', error);
    this.stream.destroy();
  }

  #receive(chunk: Buffer): void {
    if (this.#failure !== null) return;
    try {
      this.#turn.read(this.#forTurn, this.#pass(chunk));
    } catch (error) {
      this.fail(error);
    }
  }

  /** Answers how many bytes there were to read. */
  #pass(chunk: Buffer): number {
    if (this.#inflater === null) {
      this.#gate.accept(chunk);
      return chunk.length;
    }
    let byteCount = 0;
    this.#inflater.accept(chunk, (bytes) => {
      byteCount += bytes.length;
      this.#gate.accept(bytes);
    });
    return byteCount;
  }

  #hold(who: 'turn' | 'consumer', isHeld: boolean): void {
    if (this.#holds[who] === isHeld) return;
    this.#holds[who] = isHeld;
    if (this.#holds.turn || this.#holds.consumer) this.stream.pause();
    else this.stream.resume();
  }
}
