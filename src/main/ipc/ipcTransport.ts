/**
 * What the door needs of Electron's `ipcMain`, said in our own words: `ipcMain` fits as it is, and so does the
 * in-memory pair of the tests.
 */

/** A frame as Electron shows it; compared by identity. */
export interface SenderFrame {
  readonly origin: string;
}

export interface SenderEvent {
  /** Electron 35 and later also deliver messages of service workers; older ones leave this out. */
  readonly type?: string;
  readonly sender: { readonly id: number };
  /** Null once the frame has gone or navigated: read it before the first `await`. */
  readonly senderFrame: SenderFrame | null;
}

export interface StreamPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
  postMessage(message: unknown): void;
  close(): void;
}

export interface PortSenderEvent extends SenderEvent {
  readonly ports: readonly StreamPort[];
}

export interface IpcTransport {
  handle(channel: string, listener: (event: SenderEvent, ...args: unknown[]) => Promise<unknown>): void;
  on(channel: string, listener: (event: PortSenderEvent, ...args: unknown[]) => void): unknown;
}
