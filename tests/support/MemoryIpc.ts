import type {
  IpcTransport,
  PortSenderEvent,
  SenderEvent,
  SenderFrame,
  StreamPort,
} from '../../src/main/ipc/ipcTransport.ts';

type CallListener = (event: SenderEvent, ...args: unknown[]) => Promise<unknown>;
type MessageListener = (event: PortSenderEvent, ...args: unknown[]) => void;

/** Electron's `ipcMain` without Electron: a test is the window. */
export class MemoryIpc implements IpcTransport {
  readonly calls = new Map<string, CallListener>();
  readonly messages = new Map<string, MessageListener>();

  handle(channel: string, listener: CallListener): void {
    if (this.calls.has(channel)) throw new Error(`Two handlers for ${channel}`);
    this.calls.set(channel, listener);
  }

  on(channel: string, listener: MessageListener): void {
    this.messages.set(channel, listener);
  }

  invoke(channel: string, event: SenderEvent, ...args: unknown[]): Promise<unknown> {
    const listener = this.calls.get(channel);
    if (listener === undefined) throw new Error(`No handler for ${channel}`);
    return listener(event, ...args);
  }

  send(channel: string, event: PortSenderEvent, ...args: unknown[]): void {
    this.messages.get(channel)?.(event, ...args);
  }
}

/** Main's end of a stream's port, and what the window does with the other end. */
export class MemoryPort implements StreamPort {
  readonly received: unknown[] = [];
  isClosed = false;
  #onMessage: (message: { readonly data: unknown }) => void = () => undefined;
  #onClose: () => void = () => undefined;

  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  on(event: 'message' | 'close', listener: (message: { readonly data: unknown }) => void): void {
    if (event === 'message') this.#onMessage = listener;
    else if (event === 'close') this.#onClose = () => listener({ data: undefined });
  }

  start(): void {}

  postMessage(message: unknown): void {
    this.received.push(message);
  }

  close(): void {
    this.isClosed = true;
  }

  /** The window writes to the port. */
  reply(data: unknown): void {
    this.#onMessage({ data });
  }

  /** The window's end has gone. */
  disconnect(): void {
    this.#onClose();
  }
}

export function memoryFrame(origin: string): SenderFrame {
  return { origin };
}
