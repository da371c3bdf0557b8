import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { TraceHeader } from '../../../shared/model/tracing.ts';
import type { Clock } from '../../base/Clock.ts';
import { refusedError, silentError, unreachableError } from './collectorErrors.ts';
import type { SpanOrigin } from './otlpJson.ts';
import type { EndedSpan } from './Traces.ts';

/** For all of a request. */
const limitMs = 10_000;
/** An answer says little more than that it is one. */
const maxAnswerBytes = 64 * 1024;

/** What the collector made of a batch. */
export interface Delivered {
  readonly httpStatus: number;
  readonly rejectedCount: number;
}

export interface OtlpSenderOptions {
  readonly url: URL;
  readonly origin: SpanOrigin;
  /** For this endpoint; null for none. */
  readonly header: () => TraceHeader | null;
  readonly clock: Clock;
}

/** Sends batches to one endpoint, as OTLP/HTTP in JSON. It follows no redirect and asks no proxy. */
export class OtlpSender {
  readonly #options: OtlpSenderOptions;

  constructor(options: OtlpSenderOptions) {
    this.#options = options;
  }

  /** @throws COLLECTOR_UNREACHABLE, COLLECTOR_REFUSED */
  async send(batch: readonly EndedSpan[]): Promise<Delivered> {
    const { encodeSpans, rejectedCountIn } = await import('./otlpJson.ts');
    const { url, origin } = this.#options;
    const { status, body } = await this.#post(encodeSpans(batch, origin));
    if (status < 200 || status >= 300) throw refusedError(url, status);
    return { httpStatus: status, rejectedCount: rejectedCountIn(body) };
  }

  #post(body: Uint8Array): Promise<{ status: number; body: Buffer }> {
    const { clock, url } = this.#options;
    const header = this.#options.header();
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      'user-agent': 'Mooring',
      ...(header !== null && { [header.name.toLowerCase()]: header.value }),
    };
    const open = url.protocol === 'https:' ? requestHttps : requestHttp;
    // A time-out of its own, because that of a socket begins anew with each byte.
    const controller = new AbortController();
    const { signal } = controller;
    const timer = clock.after(limitMs, () => controller.abort());
    return new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
      const fail = (error: unknown) =>
        reject(signal.aborted ? silentError(url, limitMs) : unreachableError(url, error));
      const request = open(url, { method: 'POST', headers, agent: false, signal }, (response) => {
        readAnswer(response).then(
          (answer) => resolve({ status: response.statusCode ?? 0, body: answer }),
          fail,
        );
      });
      request.on('error', fail);
      request.end(body);
    }).finally(() => timer.cancel());
  }
}

async function readAnswer(response: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let byteCount = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    byteCount += part.length;
    // What is longer is read no further; its status counts.
    if (byteCount > maxAnswerBytes) break;
    parts.push(part);
  }
  return Buffer.concat(parts);
}
