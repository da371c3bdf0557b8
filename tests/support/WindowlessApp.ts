import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppLife } from '../../src/main/app/AppLife.ts';
import { createServices } from '../../src/main/app/createServices.ts';
import { storeFilesIn } from '../../src/main/app/storeFilesIn.ts';
import { CallAudit } from '../../src/main/audit/CallAudit.ts';
import { InputBreak } from '../../src/main/base/async/InputBreak.ts';
import { systemClock as clock } from '../../src/main/base/Clock.ts';
import { Emitter } from '../../src/main/base/Emitter.ts';
import type { Question } from '../../src/main/base/Question.ts';
import { createDoorHandlers } from '../../src/main/ipc/handlers/createDoorHandlers.ts';
import { IpcServer } from '../../src/main/ipc/IpcServer.ts';
import { type Logger, silentLogger } from '../../src/main/observability/Logger.ts';
import { FileLog } from '../../src/main/observability/log/FileLog.ts';
import { createOperations } from '../../src/main/observability/operations/createOperations.ts';
import type { WorkerProcess } from '../../src/main/sync/worker/WorkerProcess.ts';
import type { Keychain } from '../../src/main/vault/keychain/Keychain.ts';
import { channelOf, streamChannelOf } from '../../src/shared/ipc/channels.ts';
import type { CallInput, CallName, CallOutput } from '../../src/shared/ipc/contract.ts';
import type { Answer } from '../../src/shared/ipc/envelope.ts';
import type { StreamBatch, StreamInput, StreamMessage, StreamName } from '../../src/shared/ipc/streams.ts';
import type { AuditEntry } from '../../src/shared/model/audit.ts';
import { keychainProcessOver } from './keychainProcess.ts';
import { MemoryIpc, MemoryPort, memoryFrame } from './MemoryIpc.ts';
import { nodeWorkerProcess, syncWorkerEntry } from './workerProcess.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const origin = 'app://bundle';
const mainFrame = memoryFrame(origin);
const windowEvent = { type: 'frame', sender: { id: 1 }, senderFrame: mainFrame, ports: [] } as const;

export interface WindowlessAppOptions {
  readonly folder: string;
  readonly keychain: Keychain;
  /** Whether it writes its log. Default: no. */
  readonly isLogged?: boolean;
  /** Default: the app's own worker. */
  readonly workerProcess?: WorkerProcess;
}

/**
 * The whole of main without Electron: the real door, life, services and store. Only what a person and the system do is
 * the test's: answers to questions, chosen files, clipboard, keychain.
 */
export class WindowlessApp {
  readonly folder: string;
  /** What main has asked, in order; `answer` is what the person says to it. */
  readonly questions: Question[] = [];
  answer: (question: Question) => boolean | Promise<boolean> = () => true;
  /** The file that the person chooses; null cancels the dialog. */
  chosenFile: string | null = null;
  /** What the system's browser does with an address. */
  openInBrowser: (url: string) => Promise<void> = async () => undefined;
  /** The window would have been told something. */
  readonly onPublished = new Emitter<{ readonly name: string; readonly payload: unknown }>();
  /** How many times the services were built and shut down. */
  builtCount = 0;
  shutdownCount = 0;
  /** Called when services begin to shut down. */
  onShutdown: () => void = () => undefined;
  readonly life: AppLife;
  /** In the folder; written only if the test wants it. */
  readonly log: FileLog;
  readonly door: IpcServer;
  readonly #operations = createOperations(clock, silentLogger);
  readonly #ipc = new MemoryIpc();
  readonly #logger: Logger;
  readonly #keychain: Keychain;
  readonly #workerProcess: WorkerProcess;

  /** Begins at once; its `life` is to be shut down. */
  constructor({ folder, keychain, isLogged = false, workerProcess }: WindowlessAppOptions) {
    this.folder = folder;
    this.#keychain = keychain;
    this.#workerProcess = workerProcess ?? nodeWorkerProcess(syncWorkerEntry);
    this.log = new FileLog(folder, clock);
    const logger = isLogged ? this.log.logger : silentLogger;
    this.#logger = logger;
    const ask = async (question: Question, signal: AbortSignal) => {
      this.questions.push(question);
      return (await this.answer(question)) && !signal.aborted;
    };
    const files = storeFilesIn(folder, clock);
    this.life = new AppLife({ files, ask, onEnd: async () => undefined, logger });
    this.life.start(Promise.resolve(), async () => this.#build(ask));
    this.door = new IpcServer({
      transport: this.#ipc,
      trustedContents: () => ({ id: 1, mainFrame }),
      trustedOrigin: origin,
      handlers: createDoorHandlers(this.life),
      isLocked: () => this.life.isLocked,
      audit: new CallAudit({ trail: () => this.life.current?.audit ?? null, clock }),
      instrumentation: this.#operations.instrumentation,
      clock,
      logger,
    });
  }

  /** As the page calls; any input, since a hostile page sends any. */
  async send(name: CallName, input: unknown, callId: string = randomUUID()): Promise<Answer<unknown>> {
    return (await this.#ipc.invoke(channelOf(name), windowEvent, { callId, input })) as Answer<unknown>;
  }

  /** A call that must go well. */
  async ok<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>> {
    const answer = await this.send(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.code} ${answer.error.title}`);
    return answer.value as CallOutput<Name>;
  }

  /** Opens a stream and takes all of it, as the page does. */
  async stream<Name extends StreamName>(
    name: Name,
    input: StreamInput<Name>,
    callId: string = randomUUID(),
  ): Promise<StreamBatch<Name>[]> {
    const port = new TakingPort();
    this.#ipc.send(streamChannelOf(name), { ...windowEvent, ports: [port] }, { callId, input });
    return (await port.batches) as StreamBatch<Name>[];
  }

  /** The code with which a call is answered. */
  async codeOf(name: CallName, input: unknown): Promise<string> {
    const answer = await this.send(name, input);
    return answer.ok ? 'ok' : answer.error.code;
  }

  cancel(callId: string): void {
    this.#ipc.send('mooring.cancel', windowEvent, { callId });
  }

  /** The entries of the trail that is there now, oldest first. */
  trail(): AuditEntry[] {
    const { entries = [] } = this.life.current?.audit.page({ before: null, limit: 500 }) ?? {};
    return [...entries].reverse();
  }

  #build(ask: (question: Question, signal: AbortSignal) => Promise<boolean>) {
    const services = createServices({
      paths: {
        app: projectRoot,
        userData: this.folder,
        resources: join(projectRoot, 'resources'),
      },
      version: '0.0.0',
      electronVersion: '0.0.0',
      logger: this.#logger,
      log: this.log,
      operations: this.#operations,
      events: { publish: (name, payload) => this.onPublished.emit({ name, payload }) },
      workerProcess: this.#workerProcess,
      keychainProcess: keychainProcessOver(this.#keychain),
      clipboard: { copyText: async () => undefined, copySecretText: async () => undefined },
      inputBreak: new InputBreak(clock),
      ask,
      transferDialogs: {
        chooseTarget: async () => this.chosenFile,
        chooseSource: async () => this.chosenFile,
      },
      fileDialogs: {
        chooseTarget: async () => this.chosenFile,
        chooseSource: async () => this.chosenFile,
        chooseFolder: async () => this.folder,
      },
      alertNotifier: { show: () => undefined },
      showLogFolder: () => undefined,
      showFile: () => undefined,
      showMonitoringFiles: () => undefined,
      openInBrowser: (url) => this.openInBrowser(url),
      applyBackground: () => undefined,
      applyTheme: () => undefined,
      onLocked: () => this.door.lock(),
      onPageReady: () => undefined,
    });
    this.builtCount += 1;
    return {
      ...services,
      shutdown: async () => {
        this.shutdownCount += 1;
        this.onShutdown();
        await services.shutdown();
      },
    };
  }
}

/** The window's end of a stream that takes each batch at once. */
class TakingPort extends MemoryPort {
  readonly #batches: unknown[] = [];
  #end: (batches: unknown[]) => void = () => undefined;
  #fail: (error: Error) => void = () => undefined;
  readonly batches = new Promise<unknown[]>((resolve, reject) => {
    this.#end = resolve;
    this.#fail = reject;
  });

  override postMessage(message: StreamMessage): void {
    if (message.type === 'end') this.#end(this.#batches);
    else if (message.type === 'error') this.#fail(new Error(message.error.title));
    else {
      this.#batches.push(message.batch);
      queueMicrotask(() => this.reply({ type: 'ack', sequence: message.sequence }));
    }
  }
}
