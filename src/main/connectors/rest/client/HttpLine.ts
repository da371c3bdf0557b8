import type { Client, Dispatcher } from 'undici';
import type { Method } from '../../../../shared/model/resources.ts';
import { abortReason, onAbort } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { HeaderLines } from '../HeaderLines.ts';
import { ExchangeFailure } from './ExchangeFailure.ts';
import type { Way } from './openWay.ts';

/** A socket that nobody has used for so long is closed: most servers have closed their side by then. */
const keepAliveMs = 10_000;
const longestKeepAliveMs = 60_000;
const maxHeaderBytes = 64 * 1024;
const maxHeaderCount = 500;

/** A request as it goes on the wire. */
export interface WireRequest {
  readonly method: Method;
  readonly url: URL;
  /** All but those that the message itself needs (`Host`, `Content-Length`). */
  readonly headers: HeaderLines;
  readonly body: Buffer | null;
}

/** An answer as it came from the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly headers: HeaderLines;
  /** As it came, packed or not. */
  readonly body: Buffer;
  /** From handing over the request to the head of the answer. */
  readonly firstByteMs: number;
  readonly downloadMs: number;
}

/** One socket to an origin, on which requests follow each other. undici writes and parses the messages. */
export class HttpLine {
  readonly way: Way;
  /** Whether requests name the whole URL, as a proxy wants it for plain HTTP. */
  readonly #isAbsolute: boolean;
  readonly #client: Client;
  readonly #clock: Clock;
  /** Lines as undici wants them; those of the pages of one reading are the same. */
  readonly #wireHeaders = new WeakMap<HeaderLines, string[]>();
  #isGone = false;
  #lastUsedMs: number;

  private constructor(way: Way, client: Client, isAbsolute: boolean, clock: Clock) {
    this.way = way;
    this.#client = client;
    this.#isAbsolute = isAbsolute;
    this.#clock = clock;
    this.#lastUsedMs = clock.monotonicMs();
    const gone = () => {
      this.#isGone = true;
    };
    way.socket.setNoDelay(true);
    client.on('disconnect', gone).on('connectionError', gone);
    way.socket.once('end', gone).once('close', gone);
  }

  /** undici is loaded with the first line: nothing of it before. */
  static async over(way: Way, origin: URL, isAbsolute: boolean, clock: Clock): Promise<HttpLine> {
    const undici = await import('undici');
    let isTaken = false;
    const client = new undici.Client(origin, {
      connect: (_options, callback) => {
        // A line is one socket: when that is gone, so is the line.
        const socket = isTaken ? null : way.socket;
        isTaken = true;
        queueMicrotask(() =>
          socket === null
            ? callback(new ExchangeFailure('closed', 'The socket is gone.'), null)
            : callback(null, socket),
        );
      },
      pipelining: 1,
      allowH2: false,
      // Time is bounded by signals, on the clock of the product.
      headersTimeout: 0,
      bodyTimeout: 0,
      maxHeaderSize: maxHeaderBytes,
      keepAliveTimeout: keepAliveMs,
      keepAliveMaxTimeout: longestKeepAliveMs,
    });
    return new HttpLine(way, client, isAbsolute, clock);
  }

  get isOpen(): boolean {
    return !this.#isGone && !this.way.socket.destroyed;
  }

  /** How long nothing was sent or received, in milliseconds. */
  get idleMs(): number {
    return this.#clock.monotonicMs() - this.#lastUsedMs;
  }

  /**
   * Sends a request and reads its answer to the end.
   * @param maxBytes most that the body may have
   * @throws ExchangeFailure, an errno, or the signal's reason; the socket is dropped then
   */
  exchange(request: WireRequest, maxBytes: number, signal: AbortSignal): Promise<WireAnswer> {
    return new Promise((resolve, reject) => {
      const reader = new AnswerReader(this.#clock, maxBytes, (outcome) => {
        listening.dispose();
        this.#lastUsedMs = this.#clock.monotonicMs();
        if ('answer' in outcome) resolve(outcome.answer);
        else reject(signal.aborted ? abortReason(signal) : outcome.error);
      });
      const listening = onAbort(signal, () => queueMicrotask(() => reader.abort()));
      this.#client.dispatch(this.#optionsOf(request), reader);
    });
  }

  destroy(): void {
    this.#isGone = true;
    void this.#client.destroy().catch(() => undefined);
    this.way.socket.destroy();
  }

  #optionsOf({ method, url, headers, body }: WireRequest): Dispatcher.DispatchOptions {
    const path = `${url.pathname}${url.search}`;
    return {
      method,
      path: this.#isAbsolute ? `${url.origin}${path}` : path,
      headers: this.#wireHeadersOf(headers),
      body,
      // undici sends nothing behind a request that is not; there is one at a time anyhow.
      idempotent: true,
      blocking: false,
    };
  }

  #wireHeadersOf(lines: HeaderLines): string[] {
    const known = this.#wireHeaders.get(lines);
    if (known !== undefined) return known;
    const made = lines.flatMap(([name, value]) => [name, wireText(value)]);
    this.#wireHeaders.set(lines, made);
    return made;
  }
}

/** Characters beyond Latin-1 go as UTF-8, as everybody does. */
const wireText = (value: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: whatever is beyond Latin-1
  /^[\u0000-\u00ff]*$/.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');

type Outcome = { readonly answer: WireAnswer } | { readonly error: Error };

/** Collects one answer within its limits. */
class AnswerReader implements Dispatcher.DispatchHandler {
  readonly #clock: Clock;
  readonly #maxBytes: number;
  readonly #onEnd: (outcome: Outcome) => void;
  readonly #startedMs: number;
  #controller: Dispatcher.DispatchController | null = null;
  #isAborted = false;
  #head: Omit<WireAnswer, 'body' | 'downloadMs'> | null = null;
  #headMs = 0;
  #chunks: Buffer[] = [];
  #byteCount = 0;

  constructor(clock: Clock, maxBytes: number, onEnd: (outcome: Outcome) => void) {
    this.#clock = clock;
    this.#maxBytes = maxBytes;
    this.#onEnd = onEnd;
    this.#startedMs = clock.monotonicMs();
  }

  abort(): void {
    this.#isAborted = true;
    this.#controller?.abort(new ExchangeFailure('closed', 'Given up.'));
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isAborted) this.abort();
  }

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
    statusText = '',
  ): void {
    // What comes before the real answer, such as `103 Early Hints`.
    if (status < 200) return;
    this.#headMs = this.#clock.monotonicMs();
    const lines = linesOf(controller.rawHeaders, headers);
    this.#head = { status, statusText, headers: lines, firstByteMs: this.#headMs - this.#startedMs };
    if (lines.length > maxHeaderCount) {
      controller.abort(new ExchangeFailure('headers-too-large', 'More header lines than allowed.'));
      return;
    }
    const length = Number(headers['content-length'] ?? 0);
    if (length > this.#maxBytes) controller.abort(tooLarge());
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#byteCount += chunk.length;
    if (this.#byteCount > this.#maxBytes) {
      this.#chunks = [];
      controller.abort(tooLarge());
    } else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#head === null) return;
    const [first] = this.#chunks;
    const isOne = this.#chunks.length === 1 && first !== undefined;
    const body = isOne ? first : Buffer.concat(this.#chunks, this.#byteCount);
    const { status, statusText, headers, firstByteMs } = this.#head;
    const downloadMs = this.#clock.monotonicMs() - this.#headMs;
    this.#onEnd({ answer: { status, statusText, headers, body, firstByteMs, downloadMs } });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#chunks = [];
    this.#onEnd({ error: ExchangeFailure.of(error, this.#head !== null) });
  }
}

const tooLarge = () => new ExchangeFailure('too-large', 'The answer is larger than allowed.');

/** In the order in which they came, each with its own spelling. */
function linesOf(
  raw: Dispatcher.DispatchController['rawHeaders'],
  headers: Readonly<Record<string, string | string[] | undefined>>,
): HeaderLines {
  if (!Array.isArray(raw)) {
    return Object.entries(headers).flatMap(([name, value]) =>
      [value ?? []].flat().map((one) => [name, one] as const),
    );
  }
  const lines: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    lines.push([headerText(raw[index]), headerText(raw[index + 1])]);
  }
  return lines;
}

const headerText = (text: Buffer | string | undefined): string =>
  typeof text === 'string' ? text : (text?.toString('latin1') ?? '');
