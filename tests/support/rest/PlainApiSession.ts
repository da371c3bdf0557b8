import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { AppError } from '../../../src/main/base/AppError.ts';
import { abortReason } from '../../../src/main/base/abort.ts';
import type { Connection } from '../../../src/main/connectors/Connection.ts';
import type {
  ApiSession,
  IncomingAnswer,
  OutgoingRequest,
  SendOptions,
} from '../../../src/main/connectors/rest/ApiSession.ts';
import { Redactor } from '../../../src/main/connectors/rest/client/Redactor.ts';
import type { RestConfig } from '../../../src/shared/engines/rest/config.ts';

const noTiming = {
  ...{ waitMs: 0, dnsMs: null, tcpMs: null, tlsMs: null, firstByteMs: 0, downloadMs: 0, totalMs: 0 },
};

/** A client that sends requests and follows redirects, and does nothing else: for tests of what reads answers. */
export class PlainApiSession implements Connection, ApiSession {
  readonly backendId = null;
  readonly tls = { active: false } as const;
  readonly isUsable = true;
  readonly isInTransaction = false;
  readonly isTransactionFailed = false;
  readonly isBusy = false;
  readonly isReadOnly = false;
  readonly redactor = new Redactor();
  readonly #agent = new Agent({ keepAlive: true });
  /** In the order in which they were sent. */
  readonly sent: OutgoingRequest[] = [];

  constructor(readonly config: RestConfig) {}

  async send(request: OutgoingRequest, options: SendOptions): Promise<IncomingAnswer> {
    this.sent.push(request);
    const redirectedFrom: URL[] = [];
    let { url } = request;
    for (;;) {
      const message = await this.#exchange(url, request, options);
      const chunks: Buffer[] = [];
      for await (const chunk of message) chunks.push(chunk as Buffer);
      const { headers, statusCode = 0, statusMessage = '' } = message;
      if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
        redirectedFrom.push(url);
        url = new URL(headers.location, url);
        continue;
      }
      const isIgnored = request.rules.some(
        ({ outcome, status }) => outcome === 'ignore' && status === String(statusCode),
      );
      if (statusCode >= 400 && !isIgnored) {
        throw new AppError('QUERY_FAILED', { title: `The API answered ${statusCode}` });
      }
      const lines = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
      const body = Buffer.concat(chunks);
      return {
        ...{ status: statusCode, statusText: statusMessage, headers: lines, body, url, redirectedFrom },
        ...{
          isIgnored,
          attempts: 1,
          byteCount: body.length,
          timing: noTiming,
          sentHeaders: () => request.headers,
        },
      };
    }
  }

  #exchange(url: URL, { body, headers, method }: OutgoingRequest, { signal }: SendOptions) {
    return new Promise<IncomingMessage>((resolve, reject) => {
      const all = Object.fromEntries(headers);
      if (body !== null) all['content-type'] = body.contentType;
      const sent = httpRequest(url, { method, headers: all, agent: this.#agent, signal }, resolve);
      sent.on('error', (error) => reject(signal.aborted ? abortReason(signal) : error));
      sent.end(body?.bytes);
    });
  }

  onClosed() {
    return { dispose: () => undefined };
  }

  async ping(): Promise<void> {}

  async cancelRunning(): Promise<void> {}

  async close(): Promise<void> {
    this.#agent.destroy();
  }

  destroy(): void {
    this.#agent.destroy();
  }
}
