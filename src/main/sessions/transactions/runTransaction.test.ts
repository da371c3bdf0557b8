import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/FakeClock.ts';
import { AppError } from '../../base/AppError.ts';
import { neverAborted } from '../../base/abort.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { QueryResult, SqlConnection, Statement } from '../../connectors/Connection.ts';
import type { TransactionWords } from '../../connectors/Dialect.ts';
import type { StatementStream } from '../../connectors/RowStream.ts';
import { runTransaction } from './runTransaction.ts';
import type { Transaction } from './Transaction.ts';

const nothing: QueryResult = { fields: [], rows: [], rowCount: 0 };
const lost = new AppError('CONNECTION_LOST', { title: 'The server closed the connection' });
const duplicate = new AppError('QUERY_FAILED', { title: 'duplicate key', driverCode: '23505' });

const words: TransactionWords = {
  begin: ({ readOnly, isolation }) => [
    ...(isolation === null ? [] : [`isolate ${isolation}`]),
    readOnly ? 'begin reading' : 'begin',
  ],
  commit: 'commit',
  rollback: 'rollback',
  savepoint: (name) => `savepoint ${name}`,
  release: (name) => `release savepoint ${name}`,
  rollbackTo: (name) => `rollback to savepoint ${name}`,
};

/** A session that keeps account of its transaction as a server does, and fails where the test says. */
class SessionOfTest implements SqlConnection {
  readonly backendId = 1;
  readonly tls = { active: false } as const;
  readonly server = { build: 'usual', greeting: null, pooler: null, keepsTimeLimits: true };
  isUsable = true;
  isInTransaction = false;
  readonly isTransactionFailed = false;
  isBusy = false;
  readonly sent: string[] = [];
  /** Told of each statement before it runs. */
  before: (text: string) => void | Promise<void> = () => undefined;
  readonly #closed = new Emitter<AppError | null>();

  onClosed(listener: (reason: AppError | null) => void) {
    return this.#closed.on(listener);
  }

  onMessage() {
    return { dispose: () => undefined };
  }

  readonly examineServer = async () => undefined;

  async query({ text }: Statement): Promise<QueryResult> {
    if (!this.isUsable) throw lost;
    this.sent.push(text);
    await this.before(text);
    if (text.startsWith('begin')) this.isInTransaction = true;
    if (text === 'commit' || text === 'rollback') this.isInTransaction = false;
    return nothing;
  }

  run(): Promise<StatementStream> {
    return Promise.reject(new Error('not used'));
  }

  lose(): never {
    this.isUsable = false;
    throw lost;
  }

  ping = async () => undefined;
  lexicalModes = async () => ({ backslashEscapes: false, quotedNames: true });
  cancelRunning = async () => undefined;
  close = async () => undefined;
  destroy(): void {
    this.isUsable = false;
  }
}

describe('runTransaction', () => {
  let session: SessionOfTest;

  beforeEach(() => {
    session = new SessionOfTest();
  });

  const run = <Value>(work: (transaction: Transaction) => Promise<Value>, signal = neverAborted) =>
    runTransaction({ connection: session, words }, signal, work, {});
  const send = (transaction: Transaction, text: string) =>
    transaction.query({ text }, { signal: neverAborted });
  const failAt = (bad: string, error: unknown = duplicate) => {
    session.before = (text) => {
      if (text === bad) throw error;
    };
  };

  it('commits what the work did and gives its value', async () => {
    const value = await run(async (transaction) => {
      await send(transaction, 'insert');
      return 42;
    });
    expect(value).toBe(42);
    expect(session.sent).toEqual(['begin', 'insert', 'commit']);
  });

  it('begins in the dialect’s own words, with the isolation and access that is asked for', async () => {
    const options = { isolation: 'serializable', readOnly: true } as const;
    await runTransaction({ connection: session, words }, neverAborted, async () => undefined, options);
    expect(session.sent).toEqual(['isolate serializable', 'begin reading', 'commit']);
  });

  it('undoes everything when the work fails, and keeps its error', async () => {
    const failing = run(async (transaction) => {
      await send(transaction, 'insert');
      throw new Error('not like this');
    });
    await expect(failing).rejects.toThrow('not like this');
    expect(session.sent).toEqual(['begin', 'insert', 'rollback']);
  });

  it('never commits after a statement failed, also when the work has swallowed the error', async () => {
    failAt('insert');
    const failing = run(async (transaction) => {
      await send(transaction, 'insert').catch(() => undefined);
      return 'all well';
    });
    await expect(failing).rejects.toBe(duplicate);
    expect(session.sent).toEqual(['begin', 'insert', 'rollback']);
  });

  it('undoes only the savepoint that failed, also one within another, and goes on', async () => {
    failAt('bad');
    await run(async (transaction) => {
      await transaction.savepoint(async () => {
        await send(transaction, 'outer');
        await transaction.savepoint(() => send(transaction, 'bad')).catch(() => undefined);
        await send(transaction, 'after');
      });
    });
    expect(session.sent).toEqual([
      'begin',
      'savepoint mooring_1',
      'outer',
      'savepoint mooring_2',
      'bad',
      'rollback to savepoint mooring_2',
      'release savepoint mooring_2',
      'after',
      'release savepoint mooring_1',
      'commit',
    ]);
  });

  it('fails loudly when the connection is lost inside, and says that nothing was committed', async () => {
    session.before = (text) => {
      if (text === 'insert') session.lose();
    };
    const failing = run(async (transaction) => {
      // Even if the work does not mind.
      await send(transaction, 'insert').catch(() => undefined);
      expect(transaction.isOpen).toBe(false);
      await expect(send(transaction, 'next')).rejects.toMatchObject({ code: 'TRANSACTION_LOST' });
    });
    await expect(failing).rejects.toMatchObject({
      code: 'TRANSACTION_LOST',
      detail: expect.stringContaining('nothing was committed'),
      cause: lost,
      retryable: false,
    });
    expect(session.sent).toEqual(['begin', 'insert']);
  });

  it('says that the commit may have happened when the connection is lost while it is on its way', async () => {
    session.before = (text) => {
      if (text === 'commit') session.lose();
    };
    await expect(run((transaction) => send(transaction, 'insert'))).rejects.toMatchObject({
      code: 'TRANSACTION_LOST',
      detail: expect.stringContaining('may or may not have taken effect'),
    });
  });

  it('keeps the code of a commit that the server refused', async () => {
    failAt('commit', new AppError('QUERY_FAILED', { title: 'could not serialize', driverCode: '40001' }));
    await expect(run((transaction) => send(transaction, 'insert'))).rejects.toMatchObject({
      driverCode: '40001',
    });
  });

  it('refuses what comes after its end', async () => {
    let kept: Transaction | undefined;
    await run(async (transaction) => {
      kept = transaction;
    });
    expect(kept?.isOpen).toBe(false);
    await expect(kept?.query({ text: 'late' }, { signal: neverAborted })).rejects.toMatchObject({
      code: 'TRANSACTION_OVER',
    });
    await expect(kept?.savepoint(async () => undefined)).rejects.toMatchObject({ code: 'TRANSACTION_OVER' });
    expect(session.sent).toEqual(['begin', 'commit']);
  });

  it('is undone at once when it is aborted, though the work does not heed it', async () => {
    const controller = new AbortController();
    let go = (): void => undefined;
    const later: unknown[] = [];
    const cancelled = expect(
      run(async (transaction) => {
        await send(transaction, 'insert');
        await new Promise<void>((resolve) => {
          go = resolve;
        });
        await send(transaction, 'late').catch((error: unknown) => later.push(error));
      }, controller.signal),
    ).rejects.toMatchObject({ code: 'CANCELLED' });
    await settle();
    controller.abort();
    await cancelled;
    go();
    await settle();
    expect(session.sent).toEqual(['begin', 'insert', 'rollback']);
    expect(later).toMatchObject([{ code: 'TRANSACTION_OVER' }]);
  });

  it('closes the connection when it cannot undo by words, so that the server must', async () => {
    failAt('rollback', new AppError('QUERY_TIMEOUT', { title: 'no answer' }));
    await expect(run(() => Promise.reject(duplicate))).rejects.toBe(duplicate);
    expect(session.isUsable).toBe(false);
  });

  it('notices a statement that ended the transaction from inside', async () => {
    session.before = (text) => {
      if (text === 'call archive()') session.isInTransaction = false;
    };
    await expect(run((transaction) => send(transaction, 'call archive()'))).rejects.toMatchObject({
      code: 'TRANSACTION_OVER',
    });
  });
});
