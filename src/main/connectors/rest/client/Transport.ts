import type { TlsSettings } from '../../../../shared/model/tls.ts';
import { AppError } from '../../../base/AppError.ts';
import { withDeadline } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import type { Lookup } from '../../network/sockets/resolveHost.ts';
import type { AskPassphrase } from '../../network/tls/clientIdentity.ts';
import { headerOf } from '../HeaderLines.ts';
import { ExchangeFailure } from './ExchangeFailure.ts';
import { HttpLine, type WireAnswer, type WireRequest } from './HttpLine.ts';
import {
  openWay,
  type Way,
  type WayStage,
  type WayStages,
  type WayTarget,
  type WayTiming,
} from './openWay.ts';
import { unpack } from './unpack.ts';

/** Lines to other origins than the API's own, such as that of its tokens. */
const maxLines = 4;
/** A line that was idle for less is alive; one that was idle for longer may have been closed by the server. */
const freshMs = 2_000;

export interface TransportOptions {
  readonly proxy: URL | null;
  /** How the certificate of an origin is checked. */
  readonly tlsOf: (origin: URL) => TlsSettings;
  /** Of the key of the client certificate. */
  readonly passphrase: AskPassphrase;
  readonly maxBytes: number;
  readonly lookup: Lookup;
  readonly clock: Clock;
  /** Explains why an origin was not reached. */
  readonly explain: (error: unknown, origin: URL, stage: WayStage) => Error;
  /** For a socket that is opened while requests run. */
  readonly connectMs: number;
}

/** An answer with its body unpacked. */
export interface UnpackedAnswer extends WireAnswer {
  /** Of the body on the wire. */
  readonly byteCount: number;
  readonly way: WayTiming;
}

const unneeded: WayTiming = { dnsMs: null, tcpMs: null, tlsMs: null };
const silent: WayStages = { begin: () => undefined, succeed: () => undefined, skip: () => undefined };

/** Sends requests to origins, over one socket for each, and opens another when one is gone. */
export class Transport {
  readonly #options: TransportOptions;
  /** By origin; the last used at the end. */
  readonly #lines = new Map<string, HttpLine>();

  constructor(options: TransportOptions) {
    this.#options = options;
  }

  /** How the way to an origin is protected now; null when there is none. */
  wayTo(origin: URL): Way | null {
    return this.#lines.get(origin.origin)?.way ?? null;
  }

  /** Opens a line to an origin, also when there is one. @throws what explains why there is none, or the signal's reason */
  async open(origin: URL, signal: AbortSignal, stages: WayStages = silent): Promise<HttpLine> {
    const { clock, lookup, explain, connectMs, proxy, passphrase } = this.#options;
    const target: WayTarget = { origin, proxy, tls: this.#options.tlsOf(origin), passphrase };
    const stage: { current: WayStage } = { current: 'dns' };
    const told: WayStages = {
      ...{ skip: (name, note) => stages.skip(name, note), succeed: (note) => stages.succeed(note) },
      begin: (name) => {
        stage.current = name;
        stages.begin(name);
      },
    };
    try {
      const way = await withDeadline(clock, signal, connectMs, connectTimeout, (limited) =>
        openWay(target, lookup, clock, told, limited),
      );
      const isAbsolute = target.proxy !== null && origin.protocol === 'http:';
      const line = await HttpLine.over(way, new URL(origin.origin), isAbsolute, clock);
      this.#keep(origin, line);
      return line;
    } catch (error) {
      throw explain(error, origin, stage.current);
    }
  }

  /**
   * Sends a request and reads the answer.
   * @param isRepeatable whether it may be sent again on a new socket when the old one turns out to be closed
   * @throws ExchangeFailure, UnpackFailure, what explains why the origin was not reached, or the signal's reason
   */
  async exchange(request: WireRequest, isRepeatable: boolean, signal: AbortSignal): Promise<UnpackedAnswer> {
    const { maxBytes } = this.#options;
    const known = this.#lineTo(request.url, isRepeatable);
    const line = known ?? (await this.open(request.url, signal));
    const way = known === null ? line.way.timing : unneeded;
    try {
      const answer = await line.exchange(request, maxBytes, signal);
      const encoding = encodingOf(answer);
      const body = encoding === '' ? answer.body : await unpack(answer.body, encoding, maxBytes);
      const { status, statusText, headers, firstByteMs, downloadMs } = answer;
      const byteCount = answer.body.length;
      return { status, statusText, headers, body, firstByteMs, downloadMs, byteCount, way };
    } catch (error) {
      this.#dropIfClosed(request.url, line);
      const isStale = known !== null && error instanceof ExchangeFailure && error.kind === 'closed';
      if (!isStale || !isRepeatable) throw error;
      this.#drop(request.url);
      return await this.exchange(request, false, signal);
    }
  }

  /** Shows that an origin can be reached, by a socket that has just been used or by a new one. @throws as `open` */
  async reach(origin: URL, signal: AbortSignal): Promise<void> {
    const line = this.#lines.get(origin.origin);
    if (line?.isOpen === true && line.idleMs < freshMs) return;
    await this.open(origin, signal);
  }

  destroy(): void {
    for (const line of this.#lines.values()) line.destroy();
    this.#lines.clear();
  }

  #lineTo(url: URL, isRepeatable: boolean): HttpLine | null {
    const line = this.#lines.get(url.origin);
    if (line === undefined) return null;
    // What may not be sent twice is not sent on a socket that the server may just be closing.
    if (line.isOpen && (isRepeatable || line.idleMs < freshMs)) return line;
    this.#drop(url);
    return null;
  }

  #keep(origin: URL, line: HttpLine): void {
    this.#drop(origin);
    this.#lines.set(origin.origin, line);
    const [oldest] = this.#lines.keys();
    if (this.#lines.size > maxLines && oldest !== undefined) this.#drop(new URL(oldest));
  }

  #drop(url: URL): void {
    this.#lines.get(url.origin)?.destroy();
    this.#lines.delete(url.origin);
  }

  #dropIfClosed(url: URL, line: HttpLine): void {
    if (!line.isOpen && this.#lines.get(url.origin) === line) this.#drop(url);
  }
}

const connectTimeout = () =>
  new AppError('CONNECT_TIMEOUT', {
    title: 'The server did not answer in time',
    driverCode: 'ETIMEDOUT',
    retryable: true,
  });

function encodingOf({ status, headers }: WireAnswer): string {
  if (status === 204 || status === 304) return '';
  return headerOf(headers, 'content-encoding') ?? '';
}
