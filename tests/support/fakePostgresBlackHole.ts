import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const listenOnly = `require('net').createServer()
  .listen({ port: 0, host: '127.0.0.1', backlog: 1 }, function () { console.log(this.address().port) })`;

/** More than a queue of one takes: Linux drops what comes after without a word, as a firewall does. */
const fillerCount = 4;

/** A port of 127.0.0.1 that does not even answer a TCP connect: a stopped process whose queue of callers is full. */
export class BlackHole {
  readonly host = '127.0.0.1';
  readonly port: number;
  readonly #listener: ChildProcess;
  readonly #fillers: readonly Socket[];

  private constructor(port: number, listener: ChildProcess, fillers: readonly Socket[]) {
    this.port = port;
    this.#listener = listener;
    this.#fillers = fillers;
  }

  static async open(): Promise<BlackHole> {
    const listener = spawn(process.execPath, ['-e', listenOnly], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [port] = await once(listener.stdout, 'data');
    listener.kill('SIGSTOP');
    const fillers = Array.from({ length: fillerCount }, () =>
      connect({ host: '127.0.0.1', port: Number(port) }),
    );
    for (const filler of fillers) filler.on('error', () => undefined);
    await Promise.race(fillers.map((filler) => once(filler, 'connect')));
    return new BlackHole(Number(port), listener, fillers);
  }

  async dispose(): Promise<void> {
    for (const filler of this.#fillers) filler.destroy();
    this.#listener.kill('SIGKILL');
    await once(this.#listener, 'exit');
  }
}
