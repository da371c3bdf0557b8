import { beforeEach, describe, expect, it } from 'vitest';
import { FakeMain } from '../../../../tests/support/FakeMain.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { LogLine, LogPlace } from '../../../shared/model/log.ts';
import { ApiError, type StreamListener } from '../../lib/api.ts';
import { createLogStore, type LogPorts } from './createLogStore.ts';

type Tail = StreamListener<'log.tail'>;
interface OpenTail extends Tail {
  readonly filter: unknown;
  isOpen: boolean;
}

const place: LogPlace = { file: '1', offset: 100 };
const line = (message: string): LogLine => ({
  at: 0,
  level: 'info',
  scope: null,
  correlationId: null,
  message,
  fields: {},
  error: null,
});

let main: FakeMain;
let tails: OpenTail[];
let store: ReturnType<typeof createLogStore>;

beforeEach(() => {
  main = new FakeMain();
  tails = [];
  const openStream = (_name: string, { filter }: { filter: unknown }, listener: Tail) => {
    const tail = { ...listener, filter, isOpen: true };
    tails.push(tail);
    return () => {
      tail.isOpen = false;
    };
  };
  store = createLogStore({ call: main.call, openStream } as unknown as LogPorts);
});

const state = () => store.getState();
const shown = () => state().lines.map(({ line: { message } }) => message);
const openTails = () => tails.filter(({ isOpen }) => isOpen);
const page = (...messages: string[]) =>
  tails.at(-1)?.onBatch({ type: 'page', page: { lines: messages.map(line), before: place } });
const written = (...messages: string[]) =>
  tails.at(-1)?.onBatch({ type: 'lines', lines: messages.map(line), skippedCount: 0 });

describe('the log', () => {
  it('is followed for as long as anybody watches', () => {
    const [stopTab, stopDialog] = [state().watch(), state().watch()];
    expect(openTails()).toHaveLength(1);
    stopTab();
    expect(openTails()).toHaveLength(1);
    stopDialog();
    expect(openTails()).toHaveLength(0);
  });

  it('has the newest lines on top, as they come', () => {
    state().watch();
    page('b', 'a');
    written('c', 'd');
    expect(shown()).toEqual(['d', 'c', 'b', 'a']);
  });

  it('holds what comes while one reads older lines, and shows it when one wants it', () => {
    state().watch();
    page('a');
    state().follow(false);
    written('b');
    written('c');
    expect(shown()).toEqual(['a']);
    expect(state().held).toHaveLength(2);
    state().follow(true);
    expect(shown()).toEqual(['c', 'b', 'a']);
    expect(state().held).toHaveLength(0);
  });

  it('goes on page by page, each once', async () => {
    state().watch();
    page('b');
    void state().loadMore();
    void state().loadMore();
    expect(main.countOf('log.page')).toBe(1);
    expect(main.last('log.page').input).toMatchObject({ before: place });
    await main.answer('log.page', { lines: [line('a')], before: null });
    expect(shown()).toEqual(['b', 'a']);
    await state().loadMore();
    expect(main.countOf('log.page')).toBe(1);
  });

  it('begins anew with another filter, and takes nothing that belongs to the old one', async () => {
    state().watch();
    page('b');
    void state().loadMore();
    const older = main.last('log.page');
    state().setFilter({ level: 'error' });
    expect(openTails().map(({ filter }) => filter)).toMatchObject([{ level: 'error' }]);
    page('grave');
    older.resolve({ lines: [line('a')], before: null });
    await Promise.resolve();
    expect(shown()).toEqual(['grave']);
  });

  it('says how many lines are missing, and why it cannot be read', () => {
    state().watch();
    page('a');
    tails.at(-1)?.onBatch({ type: 'lines', lines: [line('z')], skippedCount: 7 });
    expect(state().skippedCount).toBe(7);
    tails.at(-1)?.onError(new ApiError(someErrorDto('INTERNAL')));
    expect(state().error).toMatchObject({ code: 'INTERNAL' });
    state().retry();
    expect(state()).toMatchObject({ error: null, skippedCount: 0 });
  });
});
