import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code: number };
  readonly attributes: Record<string, string | number>;
}

interface AnyValue {
  readonly stringValue?: string;
  readonly intValue?: number;
}
interface RawSpan extends Omit<ReceivedSpan, 'attributes'> {
  readonly attributes: readonly { readonly key: string; readonly value: AnyValue }[];
}
interface RawRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: RawSpan['attributes'] };
    readonly scopeSpans: readonly { readonly spans: readonly RawSpan[] }[];
  }[];
}

const valuesOf = (attributes: RawSpan['attributes']): Record<string, string | number> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? value.intValue ?? '']));

/** A collector on loopback that takes OTLP/HTTP in JSON, and answers what a test wants. */
export class TraceReceiver {
  /** The bodies as they arrived. */
  readonly texts: string[] = [];
  readonly headers: IncomingHttpHeaders[] = [];
  readonly paths: string[] = [];
  answer: { status: number; body?: string; headers?: Record<string, string> } = { status: 200 };
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      let text = '';
      request.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      request.on('end', () => {
        this.texts.push(text);
        this.headers.push(request.headers);
        this.paths.push(`${request.method} ${request.url}`);
        const { status, body = '{}', headers = {} } = this.answer;
        response.writeHead(status, headers).end(body);
      });
    });
  }

  static async start(): Promise<TraceReceiver> {
    const receiver = new TraceReceiver();
    receiver.#server.listen(0, '127.0.0.1');
    await once(receiver.#server, 'listening');
    return receiver;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get spans(): ReceivedSpan[] {
    return this.#requests.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) =>
        scopeSpans.flatMap(({ spans }) =>
          spans.map((span) => ({ ...span, attributes: valuesOf(span.attributes) })),
        ),
      ),
    );
  }

  get resources(): Record<string, string | number>[] {
    return this.#requests.flatMap(({ resourceSpans }) =>
      resourceSpans.map(({ resource }) => valuesOf(resource.attributes)),
    );
  }

  spansOf(traceId: string): ReceivedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  get #requests(): RawRequest[] {
    return this.texts.map((text) => JSON.parse(text) as RawRequest);
  }
}
