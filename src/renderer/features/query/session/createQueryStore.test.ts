import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../../tests/support/FakeMain.ts';
import { settle } from '../../../../../tests/support/settle.ts';
import { someErrorDto } from '../../../../../tests/support/someErrorDto.ts';
import type { QuerySession, RunInput, RunMessage } from '../../../../shared/model/query.ts';
import { ApiError, type StreamListener } from '../../../lib/api.ts';
import type { RunPart } from '../run/scriptParts.ts';
import { createQueryStore, isRunning, type RunSettings, type TabMark } from './createQueryStore.ts';

const tabId = crypto.randomUUID();
const settings: RunSettings = {
  sourceId: crypto.randomUUID(),
  parameters: [],
  onError: 'stop',
  commit: 'auto',
  timeoutMs: null,
  rowLimit: null,
  acceptedRisks: [],
};
const modes = { backslashEscapes: false, quotedNames: true };
const part = (text: string, from = 0): RunPart => ({ text, data: null, from, lead: 0, modes });
const session = (fields: Partial<QuerySession> = {}): QuerySession => ({
  backendId: 7,
  transaction: 'none',
  holds: [],
  searchPath: null,
  modes: null,
  ...fields,
});
const resultId = crypto.randomUUID();
const rows = (rowCount: number, isComplete = false): RunMessage => ({
  type: 'rows',
  index: 0,
  resultId,
  rowCount,
  byteCount: rowCount,
  isComplete,
  isLimited: false,
});
const result: RunMessage = {
  type: 'result',
  index: 0,
  resultId,
  columns: [{ name: 'n', type: 'int4', kind: 'integer' }],
};
const ended = (index: number): RunMessage => ({
  type: 'ended',
  index,
  durationMs: 5,
  command: 'SELECT',
  affectedCount: null,
  fileName: null,
});
const failed = (index: number, code: 'QUERY_FAILED' | 'QUERY_CANCELLED' = 'QUERY_FAILED'): RunMessage => ({
  type: 'failed',
  index,
  durationMs: 5,
  error: someErrorDto(code),
  position: 7,
});

let main: FakeMain;
let streams: { input: RunInput; listener: StreamListener<'query.run'>; isStopped: boolean }[];
let marks: TabMark[];
let waiting: { delayMs: number; work: () => void }[];
let store: ReturnType<typeof createQueryStore>;

beforeEach(() => {
  main = new FakeMain();
  streams = [];
  marks = [];
  waiting = [];
  store = createQueryStore(tabId, {
    call: main.call,
    openRun: (input, listener) => {
      const stream = { input, listener, isStopped: false };
      streams.push(stream);
      return () => {
        stream.isStopped = true;
      };
    },
    now: () => 0,
    after(delayMs, work) {
      const one = { delayMs, work };
      waiting.push(one);
      return () => {
        waiting = waiting.filter((other) => other !== one);
      };
    },
    mark: (mark) => marks.push(mark),
    readAhead: () => undefined,
  });
});

const state = () => store.getState();
const stream = (at = streams.length - 1) => {
  const found = streams[at];
  if (found === undefined) throw new Error('Nothing runs');
  return found.listener;
};
/** So much time passes that a run is seen although it has said nothing. */
const passQuietTime = () => {
  for (const { work } of waiting) work();
};
const statuses = () => state().run?.statements.map(({ status }) => status);

describe('a run', () => {
  it('shows its first result as soon as that has rows, and stays there', () => {
    state().start([part('select 1'), part('select 2')], settings);
    stream().onBatch([{ type: 'started', index: 0, at: 0 }, result]);
    expect(state().shown).toEqual({ type: 'messages' });
    stream().onBatch([rows(200)]);
    expect(state().shown).toEqual({ type: 'result', id: resultId });
    stream().onBatch([rows(300, true), ended(0)]);
    expect(state().run?.results[0]).toMatchObject({ rowCount: 300, isComplete: true, durationMs: 5 });
  });

  it('leaves what is shown until it says something, or nothing for a tenth of a second', () => {
    state().start([part('a')], settings);
    stream().onBatch([result, rows(3, true), ended(0)]);
    stream().onEnd(true);
    const before = state();
    state().start([part('b')], settings);
    state().start([part('never')], settings);
    expect(state()).toBe(before);
    expect(waiting.map(({ delayMs }) => delayMs)).toEqual([100]);
    passQuietTime();
    expect(state()).toMatchObject({ run: { results: [] }, shown: { type: 'messages' } });
    expect(marks.at(-1)?.isRunning).toBe(true);
    expect(streams).toHaveLength(2);
  });

  it('says of each statement what became of it, and shows the failure', () => {
    state().start([part('a'), part('b'), part('c')], settings);
    stream().onBatch([ended(0), failed(1)]);
    expect(state().shown).toEqual({ type: 'messages' });
    stream().onEnd(true);
    expect(statuses()).toEqual(['done', 'failed', 'not-run']);
    expect(isRunning(state())).toBe(false);
  });

  it('has ended with its last statement, and is not drawn again when its stream does', () => {
    state().start([part('a')], settings);
    stream().onBatch([result, rows(3, true), ended(0)]);
    expect(isRunning(state())).toBe(false);
    expect(marks.at(-1)?.isRunning).toBe(false);
    const before = state();
    stream().onEnd(true);
    expect(state()).toBe(before);
  });

  it('has its failure among the messages in the moment in which it ends', () => {
    const seen: string[][] = [];
    store.subscribe((now, before) => {
      if (isRunning(before) && !isRunning(now)) seen.push(now.log.map(({ content }) => content.type));
    });
    state().start([part('a')], settings);
    stream().onBatch([failed(0)]);
    expect(seen).toEqual([['failed']]);
  });

  it('begins when the stream of the one before it has ended, which main waits for', () => {
    state().start([part('a')], settings);
    stream().onBatch([ended(0)]);
    state().start([part('b')], settings);
    expect(streams).toHaveLength(1);
    stream().onEnd(true);
    expect(streams).toHaveLength(2);
  });

  it('does not turn away from what somebody chose to look at', () => {
    state().start([part('a')], settings);
    state().show({ type: 'messages' });
    stream().onBatch([result, rows(1)]);
    expect(state().shown).toEqual({ type: 'messages' });
  });

  it('is one at a time', () => {
    state().start([part('a')], settings);
    state().start([part('b')], settings);
    expect(streams).toHaveLength(1);
  });

  it('drops what a run before it still reports, and the results that it had', () => {
    state().start([part('a')], settings);
    stream().onBatch([result]);
    stream().onEnd(true);
    state().start([part('b')], settings);
    stream(0).onBatch([failed(0)]);
    stream(0).onError(new ApiError(someErrorDto('QUERY_FAILED')));
    expect(statuses()).toEqual(['waiting']);
    expect(state()).toMatchObject({ log: [], runError: null });
    expect(main.last('results.drop').input).toEqual({ resultId });
  });

  it('leaves a pinned result of a run before it, which is dropped when it is closed', () => {
    state().start([part('select 1')], settings);
    stream().onBatch([result, rows(3)]);
    stream().onEnd(true);
    state().togglePin(resultId);
    state().start([part('b')], settings);
    passQuietTime();
    expect(main.countOf('results.drop')).toBe(0);
    const { sourceId } = settings;
    expect(state().kept).toMatchObject([{ text: 'select 1', sourceId, result: { resultId, rowCount: 3 } }]);
    state().show({ type: 'result', id: resultId });
    state().closeKept(resultId);
    expect(state()).toMatchObject({ kept: [], shown: { type: 'messages' } });
    expect(main.last('results.drop').input).toEqual({ resultId });
  });

  it('drops a result that is not pinned any more with the next run, not before', () => {
    state().start([part('a')], settings);
    stream().onBatch([result]);
    stream().onEnd(true);
    state().togglePin(resultId);
    state().start([part('b')], settings);
    stream().onEnd(true);
    state().togglePin(resultId);
    expect(state().kept).toHaveLength(1);
    state().start([part('c')], settings);
    passQuietTime();
    expect(state().kept).toHaveLength(0);
    expect(main.last('results.drop').input).toEqual({ resultId });
  });

  it('keeps the reason when it could not begin', () => {
    state().start([part('a')], settings);
    stream().onError(new ApiError(someErrorDto('POOL_TIMEOUT')));
    expect(state().runError?.code).toBe('POOL_TIMEOUT');
    expect(statuses()).toEqual(['not-run']);
    expect(marks.at(-1)?.isRunning).toBe(false);
  });
});

describe('cancelling', () => {
  it('asks the server to stop, and says that it has', () => {
    state().start([part('a'), part('b')], settings);
    state().cancel();
    expect(main.last('query.cancel').input).toEqual({ tabId });
    expect(state().run?.isCancelling).toBe(true);
    stream().onBatch([failed(0, 'QUERY_CANCELLED')]);
    stream().onEnd(true);
    expect(statuses()).toEqual(['cancelled', 'not-run']);
  });

  it('stops waiting for a server that does not answer when it is asked again', () => {
    state().start([part('a')], settings);
    stream().onBatch([{ type: 'started', index: 0, at: 0 }]);
    state().cancel();
    state().cancel();
    expect(streams[0]?.isStopped).toBe(true);
    expect(isRunning(state())).toBe(false);
    expect(statuses()).toEqual(['cancelled']);
  });

  it('goes on when asking failed, with the reason', async () => {
    state().start([part('a')], settings);
    state().cancel();
    await main.fail('query.cancel', new ApiError(someErrorDto('CONNECTION_REFUSED')));
    expect(state().runError?.code).toBe('CONNECTION_REFUSED');
    expect(isRunning(state())).toBe(true);
  });
});

describe('the session of a tab', () => {
  it('marks the tab while a transaction is open or failed', () => {
    state().start([part('begin')], settings);
    stream().onBatch([{ type: 'session', session: session({ transaction: 'failed' }) }]);
    stream().onEnd(true);
    expect(marks.at(-1)).toEqual({ isRunning: false, transaction: 'failed' });
    state().takeEvent({ type: 'session', tabId, session: null });
    expect(marks.at(-1)).toEqual({ isRunning: false, transaction: null });
  });

  it('says that it is lost until the next run', () => {
    state().takeEvent({ type: 'session', tabId, session: session({ transaction: 'open' }) });
    state().takeEvent({ type: 'lost', tabId, error: someErrorDto('CONNECTION_LOST') });
    expect(state()).toMatchObject({ session: null, lost: { code: 'CONNECTION_LOST' } });
    expect(marks.at(-1)?.transaction).toBeNull();
    state().start([part('a')], settings);
    passQuietTime();
    expect(state().lost).toBeNull();
  });

  it('keeps a notification that came before a run, and no other line', () => {
    const notification = { channel: 'news', payload: 'hi', backendId: 3 };
    const notice = { severity: 'NOTICE', message: 'one', detail: null, hint: null, code: null };
    state().takeEvent({ type: 'notice', tabId, notice });
    state().takeEvent({ type: 'notification', tabId, notification });
    state().start([part('a')], settings);
    passQuietTime();
    expect(state().log.map(({ content }) => content)).toEqual([{ type: 'notification', notification }]);
  });

  it('reads as the session does, and as sessions usually do once it is gone', () => {
    const usual = { backslashEscapes: true, quotedNames: true };
    const changed = { backslashEscapes: false, quotedNames: false };
    state().start([part('set sql_mode')], settings);
    stream().onBatch([{ type: 'session', session: session({ modes: usual }) }]);
    stream().onBatch([{ type: 'session', session: session({ modes: changed, holds: ['setting'] }) }]);
    expect(state().reading).toEqual({ sourceId: settings.sourceId, modes: changed, usual });
    state().takeEvent({ type: 'session', tabId, session: null });
    expect(state().reading).toEqual({ sourceId: settings.sourceId, modes: usual, usual });
  });

  it('commits when the stream of the last run has ended', async () => {
    state().start([part('a')], settings);
    stream().onBatch([ended(0)]);
    const committed = state().endTransaction('commit');
    expect(main.countOf('query.commit')).toBe(0);
    stream().onEnd(true);
    await settle();
    await main.answer('query.commit', null);
    expect(await committed).toBe(true);
  });

  it('commits although a run was asked for in the same moment', async () => {
    state().start([part('a')], settings);
    stream().onBatch([ended(0)]);
    const committed = state().endTransaction('commit');
    state().start([part('b')], settings);
    stream().onEnd(true);
    await settle();
    await main.answer('query.commit', null);
    expect(await committed).toBe(true);
    expect(streams).toHaveLength(2);
  });

  it('commits once, and reports why that failed', async () => {
    const done = state().endTransaction('commit');
    expect(await state().endTransaction('commit')).toBe(false);
    await main.fail('query.commit', new ApiError(someErrorDto('TRANSACTION_LOST')));
    expect(await done).toBe(false);
    expect(state()).toMatchObject({ ending: null, runError: { code: 'TRANSACTION_LOST' } });
  });
});
