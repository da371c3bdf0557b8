import type { CallAudit } from '../audit/CallAudit.ts';
import type { Clock } from '../base/Clock.ts';
import { type Instrumentation, noInstrumentation } from '../observability/Instrumentation.ts';
import type { Logger } from '../observability/Logger.ts';
import { CallServer } from './CallServer.ts';
import { appLocked, shuttingDown } from './doorErrors.ts';
import type { DoorHandlers } from './handlerTypes.ts';
import { InFlight } from './InFlight.ts';
import { IpcGate } from './IpcGate.ts';
import type { IpcTransport } from './ipcTransport.ts';
import { OutcomeLog } from './OutcomeLog.ts';
import { StreamServer } from './StreamServer.ts';
import type { TrustedContents } from './senderGuard.ts';

export interface IpcServerOptions {
  /** Electron's `ipcMain`, or an in-memory pair in tests. */
  readonly transport: IpcTransport;
  /** The contents of the main window; null while there is none. */
  readonly trustedContents: () => TrustedContents | null;
  /** The origin of our own page, `app://bundle` or the development server's. */
  readonly trustedOrigin: string;
  /** Asked at each call. Calls that arrive before the services stand wait for them, and fail as they do. */
  readonly handlers: () => Promise<DoorHandlers>;
  /** Whether the window is locked now: then only what the contract marks `whileLocked` is answered. */
  readonly isLocked: () => boolean;
  /** Writes the lines that audited calls leave. */
  readonly audit: CallAudit;
  readonly instrumentation?: Instrumentation;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The only door into main: every call, cancel and stream of the contract, behind one gate. */
export class IpcServer {
  readonly #inFlight = new InFlight();
  readonly #calls: CallServer;
  readonly #streams: StreamServer;
  readonly #audit: CallAudit;
  readonly #outcomes: OutcomeLog;

  constructor(options: IpcServerOptions) {
    this.#audit = options.audit;
    this.#outcomes = new OutcomeLog(options.clock, options.logger);
    const gate = new IpcGate(options);
    const { instrumentation = noInstrumentation } = options;
    const shared = { ...options, instrumentation, gate, inFlight: this.#inFlight, outcomes: this.#outcomes };
    this.#calls = new CallServer(shared);
    this.#streams = new StreamServer(shared);
    this.#calls.register(options.transport);
    this.#streams.register(options.transport);
  }

  /** Aborts what a window has running: it reloaded, crashed or closed. */
  abandon(contentsId: number): void {
    this.#inFlight.abandon(contentsId);
  }

  /** The window was locked: aborts everything that is not answered while it is. */
  lock(): void {
    this.#inFlight.abortForLock(appLocked());
  }

  /** Aborts everything and refuses what still comes. */
  close(): void {
    this.#calls.close();
    this.#streams.close();
    this.#inFlight.abortAll(shuttingDown());
    this.#audit.close();
    this.#outcomes.flush();
  }
}
