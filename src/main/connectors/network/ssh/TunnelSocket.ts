import { Duplex } from 'node:stream';
import type { ClientChannel } from 'ssh2';

/**
 * What waits here while the reader pauses, in bytes. With Node's own 16 kB a single packet of 32 kB stops the channel,
 * and each turn of the reader stops and starts it again.
 */
const waitingBytes = 512 * 1024;

/**
 * A channel of an SSH connection as a socket. A channel of ssh2 is not quite one: it cannot be destroyed, and closes only
 * when the server has agreed.
 */
export class TunnelSocket extends Duplex {
  readonly #channel: ClientChannel;

  constructor(channel: ClientChannel) {
    super({ allowHalfOpen: false, readableHighWaterMark: waitingBytes });
    this.#channel = channel;
    channel.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) channel.pause();
    });
    channel.once('end', () => this.push(null));
    channel.once('close', () => this.destroy());
    channel.on('error', (error: Error) => this.destroy(error));
    // Nobody reads it, and unread it would hold up the channel.
    channel.stderr.resume();
    // For as long as the socket lives: an error that comes between two owners must not end the process.
    this.on('error', () => undefined);
  }

  override _read(): void {
    this.#channel.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#channel.write(chunk, done);
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#channel.end();
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#channel.close();
    this.#channel.resume();
    done(error);
  }
}
