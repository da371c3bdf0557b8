import { describe, expect, it, vi } from 'vitest';
import { someActivity, someSession } from '../../../../tests/support/someActivity.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { InterventionInput } from '../../../shared/model/serverActivity.ts';
import { ApiError, type StreamListener } from '../../lib/api.ts';
import { type ActivityPorts, createActivityStore } from './createActivityStore.ts';

const id = 'a';
type Listener = StreamListener<'activity.watch'>;

function setUp() {
  const streams: { listener: Listener; isOpen: boolean }[] = [];
  const openStream = (_name: string, _input: unknown, listener: Listener) => {
    const stream = { listener, isOpen: true };
    streams.push(stream);
    return () => {
      stream.isOpen = false;
    };
  };
  const call = vi.fn(async (_name: string, _input: InterventionInput) => ({ outcome: 'sent' as const }));
  const store = createActivityStore({ openStream, call } as unknown as ActivityPorts);
  const of = () => {
    const activity = store.getState().byId[id];
    if (activity === undefined) throw new Error('Nothing is known of it');
    return activity;
  };
  const sample = (...sessions: Parameters<typeof someActivity>[0]) =>
    void streams.at(-1)?.listener.onBatch({ type: 'sample', sample: someActivity(sessions) });
  const openCount = () => streams.filter(({ isOpen }) => isOpen).length;
  return { store, streams, call, of, sample, openCount, actions: store.getState() };
}

describe('createActivityStore', () => {
  it('has samples taken for as long as somebody watches', () => {
    const { actions, of, openCount, sample } = setUp();
    const stop = actions.watch(id);
    sample(someSession(1));
    expect(of().sample?.sessions).toHaveLength(1);
    stop();
    expect(openCount()).toBe(0);
    expect(of().sample?.sessions).toHaveLength(1);
  });

  it('asks once for all parts of the window that watch a server, and until the last one has stopped', () => {
    const { actions, streams, openCount } = setUp();
    const stops = [actions.watch(id), actions.watch(id)];
    expect(streams).toHaveLength(1);
    stops[0]?.();
    expect(openCount()).toBe(1);
    stops[1]?.();
    expect(openCount()).toBe(0);
    actions.watch(id)();
    expect(streams).toHaveLength(2);
  });

  it('keeps a session selected as it changes, and as it was when it has ended', () => {
    const { actions, of, sample } = setUp();
    actions.watch(id);
    sample(someSession(1));
    actions.select(id, someSession(1));
    sample(someSession(1, { state: 'active' }));
    expect(of().selected?.state).toBe('active');
    sample(someSession(2));
    expect(of().selected).toMatchObject({ number: 1, state: 'active' });
  });

  it('keeps what it knows when samples fail, and begins anew once it is asked to', () => {
    const { actions, of, openCount, sample, streams } = setUp();
    actions.watch(id);
    sample(someSession(1));
    streams[0]?.listener.onError(new ApiError(someErrorDto('CONNECTION_LOST')));
    expect(of()).toMatchObject({
      failure: { code: 'CONNECTION_LOST' },
      sample: { sessions: [{ number: 1 }] },
    });
    actions.sampleNow(id);
    expect(of().failure).toBeNull();
    expect(streams).toHaveLength(2);
    expect(openCount()).toBe(1);
  });

  it('says that the server is late until the next sample comes', () => {
    const { actions, of, sample, streams } = setUp();
    actions.watch(id);
    void streams[0]?.listener.onBatch({ type: 'late', afterMs: 4_000, nextInMs: 60_000 });
    expect(of().late).toMatchObject({ afterMs: 4_000 });
    sample();
    expect(of().late).toBeNull();
  });

  it('does nothing to a session before the person has said yes, and then to what was seen', async () => {
    const { actions, call, of, streams } = setUp();
    actions.watch(id);
    const session = someSession(7, {
      state: 'active',
      statement: { id: 's1', text: 'SELECT 1', isCut: false },
    });
    actions.ask(id, { intervention: 'cancel', session });
    expect(call).not.toHaveBeenCalled();
    actions.dismiss(id);
    await actions.confirm(id);
    expect(call).not.toHaveBeenCalled();
    actions.ask(id, { intervention: 'cancel', session });
    await actions.confirm(id);
    expect(call).toHaveBeenCalledWith('activity.cancelStatement', {
      id,
      sessionId: '7.1',
      statementId: 's1',
    });
    expect(of().aftermath).toMatchObject({ status: 'done', outcome: 'sent' });
    expect(streams).toHaveLength(2);
  });

  it('tells why the server did not do it', async () => {
    const { actions, call, of } = setUp();
    call.mockRejectedValueOnce(new ApiError(someErrorDto('PERMISSION_DENIED')));
    actions.ask(id, { intervention: 'terminate', session: someSession(7) });
    await actions.confirm(id);
    expect(of().aftermath).toMatchObject({ status: 'failed', error: { code: 'PERMISSION_DENIED' } });
  });

  it('leaves what is paused as it is, until a sample is wanted', async () => {
    const { actions, of, openCount } = setUp();
    const stop = actions.watch(id);
    actions.setPaused(id, true);
    stop();
    actions.ask(id, { intervention: 'terminate', session: someSession(7) });
    await actions.confirm(id);
    expect(openCount()).toBe(0);
    actions.sampleNow(id);
    expect(of().isPaused).toBe(false);
  });
});
