import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProxyRules } from './ProxyRules.ts';

/** Pieces that may be under way before the sender is made to wait. */
const maxPieces = 16;

/** `bytes` null: the sender said that no more come. */
interface Piece {
  readonly bytes: Buffer | null;
  readonly arrivedMs: number;
}

/** Carries the bytes of one direction of one connection, under the rules of that direction. */
export class ProxyFlow {
  readonly #source: Socket;
  readonly #sink: Socket;
  readonly #rules: ProxyRules;
  readonly #onBytes: (count: number) => void;
  #pieces: Piece[] = [];
  #isMoving = false;
  #isLost = false;
  #allowance: { byteCount: number; readonly onSpent: () => void } | null = null;

  constructor(source: Socket, sink: Socket, rules: ProxyRules, onBytes: (count: number) => void) {
    this.#source = source;
    this.#sink = sink;
    this.#rules = rules;
    this.#onBytes = onBytes;
    source.on('data', (bytes: Buffer) => this.#take(bytes));
    source.on('end', () => this.#take(null));
  }

  /** Swallows whatever is under way and whatever comes, for good. */
  lose(): void {
    this.#isLost = true;
    this.#pieces = [];
    this.#source.resume();
  }

  /** Hands on this many bytes from now on, then calls `onSpent` and swallows the rest. */
  limit(byteCount: number, onSpent: () => void): void {
    this.#allowance = { byteCount, onSpent };
  }

  #take(bytes: Buffer | null): void {
    if (this.#isLost) return;
    this.#pieces.push({ bytes, arrivedMs: performance.now() });
    if (this.#pieces.length >= maxPieces) this.#source.pause();
    if (!this.#isMoving) void this.#move();
  }

  async #move(): Promise<void> {
    this.#isMoving = true;
    for (let next = this.#pieces[0]; next !== undefined; next = this.#pieces[0]) {
      await this.#rules.untilThawed();
      const waitMs = next.arrivedMs + this.#rules.latencyMs - performance.now();
      if (waitMs > 0) await pause(waitMs, undefined, { ref: false });
      if (this.#pieces[0] !== next) continue;
      this.#pieces.shift();
      if (next.bytes === null) this.#sink.end();
      else await this.#deliver(next.bytes);
      if (this.#pieces.length < maxPieces) this.#source.resume();
    }
    this.#isMoving = false;
  }

  async #deliver(bytes: Buffer): Promise<void> {
    const allowed = this.#allowance === null ? bytes : bytes.subarray(0, this.#allowance.byteCount);
    for (let at = 0; at < allowed.length && !this.#isLost; ) {
      await this.#rules.untilThawed();
      const slice = allowed.subarray(at, at + this.#rules.sliceBytes);
      await new Promise((resolve) => this.#sink.write(slice, resolve));
      this.#onBytes(slice.length);
      at += slice.length;
      const { bytesPerSecond } = this.#rules;
      if (bytesPerSecond !== null) {
        await pause((slice.length / bytesPerSecond) * 1_000, undefined, { ref: false });
      }
    }
    this.#spend(allowed.length);
  }

  #spend(byteCount: number): void {
    if (this.#allowance === null) return;
    this.#allowance.byteCount -= byteCount;
    if (this.#allowance.byteCount > 0) return;
    this.lose();
    this.#allowance.onSpent();
  }
}
