import { AppError, isAppError } from '../../../base/AppError.ts';
import type { RunOptions } from '../../Connection.ts';
import type { SessionSocket } from '../../network/sockets/SessionSocket.ts';
import { CopyIn } from './CopyIn.ts';
import { CopyOut } from './CopyOut.ts';
import { copyDone, copyFail, sync } from './statementMessages.ts';

/** Where the data comes from, and where it goes. */
export interface CopyEnds {
  readonly copyFrom?: RunOptions['copyFrom'] | undefined;
  readonly copyTo?: RunOptions['copyTo'] | undefined;
}

/** What a statement is sent over, and how what it brings is left unread. */
export type StatementSocket = Pick<SessionSocket, 'stream' | 'pause' | 'resume'>;

/** What a COPY wants of its statement. */
export interface CopyStatement {
  /** The statement fails for a reason of ours. */
  fail(error: Error): void;
  /** Asks the server to cancel it. */
  requestCancel(): void;
}

/**
 * The data of a COPY between this computer and the server. A server that waits for data skips a Sync, so that the end of
 * the step (`tail`) is sent only once it is known that no data goes, or after the data.
 */
export class CopyTraffic {
  readonly #options: CopyEnds;
  readonly #socket: StatementSocket;
  readonly #statement: CopyStatement;
  #tail: Buffer | null = null;
  #in: CopyIn | null = null;
  #out: CopyOut | null = null;

  constructor(options: CopyEnds, socket: StatementSocket, statement: CopyStatement) {
    this.#options = options;
    this.#socket = socket;
    this.#statement = statement;
  }

  /** @param tail what was not sent yet of the statement */
  hold(tail: Buffer): void {
    this.#tail = tail;
  }

  /** The server waits for data. */
  begin(): void {
    const { copyFrom } = this.#options;
    // Without a tail that is held, the Sync that was sent is skipped.
    this.#tail ??= sync;
    if (copyFrom === undefined) this.#refuse(refusedWords.from);
    else {
      this.#in = new CopyIn(copyFrom, this.#socket.stream);
      void this.#feed(this.#in);
    }
  }

  /** The server is about to send data. */
  beginOut(): void {
    const { copyTo } = this.#options;
    if (copyTo !== undefined) {
      this.#out = new CopyOut(copyTo, this.#socket, (reason) => {
        this.#statement.fail(failureOf(reason));
        this.#statement.requestCancel();
      });
      return;
    }
    this.#statement.fail(new AppError('COPY_REFUSED', refusedWords.to));
    this.#statement.requestCancel();
  }

  data(bytes: Buffer): void {
    this.#out?.add(bytes);
  }

  /** Its caller gave it up: a server that waits for data learns of a cancel only with the next data. */
  interrupted(): void {
    if (this.#in === null) return;
    this.stop();
    this.#send(copyFail);
    this.sendTail();
  }

  /** Nothing more is sent, because the server took enough or the session is gone. */
  stop(): void {
    this.#in?.stop();
    this.#in = null;
  }

  /** Ends the step of the statement, once. */
  sendTail(): void {
    if (this.#tail === null) return;
    const tail = this.#tail;
    this.#tail = null;
    this.#send(tail);
  }

  /** Resolves when all data was taken. @throws what the taker failed with */
  async end(): Promise<void> {
    try {
      await this.#out?.end();
    } catch (reason) {
      throw failureOf(reason);
    }
  }

  get isReceiving(): boolean {
    return this.#out !== null;
  }

  async #feed(copyIn: CopyIn): Promise<void> {
    try {
      if (!(await copyIn.feed()) || this.#in !== copyIn) return;
      this.#in = null;
      this.#send(copyDone);
      this.sendTail();
    } catch (reason) {
      if (this.#in !== copyIn) return;
      this.stop();
      this.#send(copyFail);
      this.#statement.fail(failureOf(reason));
      this.sendTail();
    }
  }

  #refuse(words: (typeof refusedWords)['from']): void {
    this.#send(copyFail);
    this.#statement.fail(new AppError('COPY_REFUSED', words));
    this.sendTail();
  }

  #send(bytes: Buffer): void {
    if (this.#socket.stream.writable) this.#socket.stream.write(bytes);
  }
}

function failureOf(reason: unknown): Error {
  if (isAppError(reason)) return reason;
  return new AppError('QUERY_FAILED', {
    title: 'The data of the COPY could not be read or written',
    detail: reason instanceof Error ? reason.message : '',
    cause: reason,
  });
}

const refusedWords = {
  from: {
    title: 'There is no data for this COPY',
    causes: ['COPY … FROM STDIN loads data from this computer, and none was given.'],
    fixes: ['Write the lines below the statement, ended by a line with \\. alone, or choose a file.'],
  },
  to: {
    title: 'There is no file for this COPY',
    causes: ['COPY … TO STDOUT writes to this computer, and no file was chosen.'],
    fixes: ['Run it in a query tab, which asks for a file, or run the SELECT inside it.'],
  },
};
