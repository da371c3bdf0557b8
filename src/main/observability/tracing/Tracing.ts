import { randomUUID } from 'node:crypto';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { EndedOperation } from '../../../shared/model/operations.ts';
import { isLoopback, tracesUrlOf } from '../../../shared/model/traceEndpoint.ts';
import type {
  TraceHeader,
  TraceTest,
  TracingSettings,
  TracingStatus,
} from '../../../shared/model/tracing.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import type { Clock } from '../../base/Clock.ts';
import { Emitter } from '../../base/Emitter.ts';
import { type Ask, requireConsent } from '../../base/Question.ts';
import type { Logger } from '../Logger.ts';
import { CollectorHeader, type HeaderKeeper } from './CollectorHeader.ts';
import { noEndpointError, rejectedError } from './collectorErrors.ts';
import { OtlpSender } from './OtlpSender.ts';
import { SpanQueue } from './SpanQueue.ts';
import { type EndedSpan, singlePlace, type Traces } from './Traces.ts';

/** Where the settings are kept. */
export interface TracingKeeper {
  read(): TracingSettings;
  write(settings: TracingSettings): void;
}

export interface TracingOptions {
  /** What operations ask for their place. */
  readonly traces: Traces;
  readonly settings: TracingKeeper;
  readonly header: HeaderKeeper;
  readonly version: string;
  readonly engineOf: (id: DataSourceId) => string | null;
  readonly ask: Ask;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One endpoint while spans go there. */
interface Delivery {
  readonly url: URL;
  readonly sender: OtlpSender;
  readonly queue: SpanQueue;
}

/** Tracing as people use it: off until it is turned on; spans leave the process only where there is an endpoint. */
export class Tracing {
  readonly onStatus = new Emitter<TracingStatus>();
  readonly #options: TracingOptions;
  readonly #header: CollectorHeader;
  readonly #turns = new SerialQueue();
  readonly #instanceId = randomUUID();
  #delivery: Delivery | null = null;
  #isClosed = false;

  constructor(options: TracingOptions) {
    this.#options = options;
    this.#header = new CollectorHeader(options.header, options.logger);
  }

  status(): TracingStatus {
    const settings = this.#options.settings.read();
    const url = urlIn(settings);
    return {
      settings,
      header: url === null ? null : this.#header.statusFor(url),
      delivery: this.#delivery?.queue.delivery ?? null,
    };
  }

  /** Goes on as the settings say. */
  async start(): Promise<void> {
    const settings = this.#options.settings.read();
    if (!settings.isOn) return;
    await this.#turns.run(() => this.#apply(settings));
    this.#tell();
  }

  /**
   * Asks first when spans begin to go to another computer.
   * @throws CANCELLED, STORE_…; then everything stays as it was
   */
  async configure(settings: TracingSettings, signal: AbortSignal): Promise<TracingStatus> {
    await this.#turns.run(async () => {
      const before = this.#options.settings.read();
      const wanted = goalOf(settings);
      if (wanted !== null && !isLoopback(wanted) && goalOf(before)?.origin !== wanted.origin) {
        await requireConsent(this.#options.ask, sendQuestion(wanted), signal);
      }
      this.#options.settings.write(settings);
      await this.#apply(settings);
    });
    return this.#tell();
  }

  /**
   * What is sent with the spans from now on, to the endpoint of now.
   * @throws NOT_FOUND without an endpoint, VAULT_UNAVAILABLE when it cannot be removed
   */
  async setHeader(header: TraceHeader | null): Promise<TracingStatus> {
    await this.#turns.run(async () => {
      const url = urlIn(this.#options.settings.read());
      if (url === null) throw noEndpointError();
      await this.#header.load();
      if (header === null) await this.#header.remove();
      else await this.#header.set(url, header);
      this.#delivery?.queue.tryNow();
    });
    return this.#tell();
  }

  /**
   * Sends one span now, past those that wait.
   * @throws NOT_FOUND while nothing is sent, COLLECTOR_UNREACHABLE, COLLECTOR_REFUSED
   */
  async sendTest(): Promise<TraceTest> {
    const { clock } = this.#options;
    const delivery = this.#delivery;
    if (delivery === null) throw noEndpointError();
    const startedMs = clock.monotonicMs();
    const { httpStatus, rejectedCount } = await delivery.sender.send([testSpan(clock.wallMs())]);
    if (rejectedCount > 0) throw rejectedError(delivery.url);
    delivery.queue.tryNow();
    return { httpStatus, durationMs: clock.monotonicMs() - startedMs };
  }

  /** Sends what waits, unless the collector is away. Never rejects. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#options.traces.follow(null);
    await this.#delivery?.queue.close();
  }

  async #apply(settings: TracingSettings): Promise<void> {
    const goal = goalOf(settings);
    if (goal !== null) await this.#header.load();
    if (this.#isClosed) return;
    const old = this.#delivery;
    if (old?.url.href !== goal?.href) {
      this.#delivery = goal === null ? null : this.#deliveryTo(goal);
      void old?.queue.close();
    }
    const { isOn, sharePercent, inComment, inApplicationName } = settings;
    const rules = {
      ...{ share: sharePercent / 100, inComment, inApplicationName },
      sink: this.#delivery?.queue ?? null,
    };
    this.#options.traces.follow(isOn ? rules : null);
  }

  #deliveryTo(url: URL): Delivery {
    const { clock, engineOf, logger, version } = this.#options;
    const origin = { version, instanceId: this.#instanceId, engineOf };
    const sender = new OtlpSender({ url, origin, header: () => this.#header.for(url), clock });
    const queue = new SpanQueue({
      ...{ clock, logger },
      send: async (batch) => (await sender.send(batch)).rejectedCount,
      onChanged: () => this.#tell(),
    });
    return { url, sender, queue };
  }

  #tell(): TracingStatus {
    const status = this.status();
    if (!this.#isClosed) this.onStatus.emit(status);
    return status;
  }
}

const urlIn = ({ endpoint }: TracingSettings): URL | null =>
  endpoint === null ? null : tracesUrlOf(endpoint);

/** Where spans go with these settings; null: nowhere. */
const goalOf = (settings: TracingSettings): URL | null => (settings.isOn ? urlIn(settings) : null);

const sendQuestion = ({ origin }: URL) => ({
  question: `Send traces to ${origin}?`,
  detail:
    'What you do in Mooring is sent there as names of operations, times, outcomes, error codes and numbers of rows. No SQL, values, names of data sources, hosts or users are sent.',
  confirmLabel: 'Send traces',
});

/** Like one of an operation, in a trace of its own. */
function testSpan(nowMs: number): EndedSpan {
  const operation: EndedOperation = {
    ...{ id: 0, parentId: null, kind: 'call', name: 'tracing.test', sourceId: null, correlationId: null },
    ...{ startedAt: nowMs, durationMs: 0, outcome: 'ok', code: null, rowCount: null },
  };
  return { operation, place: singlePlace(), isClick: false };
}
