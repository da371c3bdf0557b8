import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../../tests/support/FakeClock.ts';
import type { EndedOperation } from '../../../shared/model/operations.ts';
import { AppError } from '../../base/AppError.ts';
import { silentLogger } from '../Logger.ts';
import { SpanQueue } from './SpanQueue.ts';
import { type EndedSpan, singlePlace } from './Traces.ts';

const operation: EndedOperation = {
  ...{ id: 1, parentId: null, kind: 'statement', name: 'user', sourceId: null, correlationId: null },
  ...{ startedAt: 0, durationMs: 1, outcome: 'ok', code: null, rowCount: null },
};

let clock: FakeClock;
let batches: (readonly EndedSpan[])[];
/** What the collector does with the next batches. */
let send: (batch: readonly EndedSpan[]) => Promise<number>;
let logged: string[];
let queue: SpanQueue;

beforeEach(() => {
  clock = new FakeClock();
  batches = [];
  logged = [];
  send = async () => 0;
  const log = (message: string) => void logged.push(message);
  queue = new SpanQueue({
    send: (batch) => {
      batches.push(batch);
      return send(batch);
    },
    onChanged: () => undefined,
    clock,
    logger: { ...silentLogger, warn: log, info: log },
  });
});

const add = (count: number): void => {
  for (let done = 0; done < count; done += 1) queue.add({ operation, place: singlePlace(), isClick: false });
};
const away = () => Promise.reject(new AppError('COLLECTOR_UNREACHABLE', { title: 'away', retryable: true }));
const refusing = () => Promise.reject(new AppError('COLLECTOR_REFUSED', { title: 'no' }));
const sizes = () => batches.map(({ length }) => length);

describe('SpanQueue', () => {
  it('sends what came within a few seconds together', async () => {
    add(2);
    await clock.advance(3_000);
    add(1);
    expect(batches).toEqual([]);
    await clock.advance(2_000);
    expect(sizes()).toEqual([3]);
    expect(queue.delivery).toMatchObject({ sentCount: 3, droppedCount: 0, waitingCount: 0, problem: null });
  });

  it('does not wait with a full batch, and sends one at a time', async () => {
    let answer: (count: number) => void = () => undefined;
    send = () =>
      new Promise((resolve) => {
        answer = resolve;
      });
    add(1_100);
    await clock.advance(0);
    expect(sizes()).toEqual([512]);
    answer(0);
    await settle();
    await clock.advance(0);
    expect(sizes()).toEqual([512, 512]);
    answer(0);
    await settle();
    await clock.advance(5_000);
    expect(sizes()).toEqual([512, 512, 76]);
  });

  it('is bounded: what does not fit while the collector is away is dropped and counted', async () => {
    send = away;
    add(3_000);
    await clock.advance(0);
    expect(queue.delivery).toMatchObject({ sentCount: 0, droppedCount: 952, waitingCount: 2_048 });
    expect(queue.delivery.problem).toMatchObject({ code: 'COLLECTOR_UNREACHABLE' });
  });

  it('asks a collector that is away less and less often, says so once, and loses nothing that fits', async () => {
    send = away;
    add(3);
    await clock.advance(5_000);
    await clock.advance(9_999);
    expect(batches).toHaveLength(1);
    await clock.advance(1);
    expect(batches).toHaveLength(2);
    await clock.advance(20_000);
    expect(batches).toHaveLength(3);
    await clock.advance(60 * 60_000);
    expect(batches.length).toBeLessThan(20);
    expect(logged).toEqual(['Spans could not be sent']);
    send = async () => 0;
    await clock.advance(5 * 60_000);
    expect(batches.at(-1)).toHaveLength(3);
    expect(queue.delivery).toMatchObject({ sentCount: 3, droppedCount: 0, problem: null });
    expect(logged).toEqual(['Spans could not be sent', 'Spans are sent again']);
  });

  it('does not send again what was refused, and counts what was taken in part only', async () => {
    send = refusing;
    add(3);
    await clock.advance(5_000);
    expect(queue.delivery).toMatchObject({ sentCount: 0, droppedCount: 3, waitingCount: 0 });
    send = async () => 2;
    add(3);
    await clock.advance(10_000);
    expect(queue.delivery).toMatchObject({ sentCount: 1, droppedCount: 5, problem: null });
  });

  it('tries at once when something has changed', async () => {
    send = away;
    add(1);
    await clock.advance(5_000);
    send = async () => 0;
    queue.tryNow();
    await clock.advance(0);
    expect(queue.delivery).toMatchObject({ sentCount: 1, problem: null });
  });

  it('sends the rest when it is closed, unless the collector is away, and takes nothing more', async () => {
    add(3);
    await queue.close();
    add(1);
    expect(sizes()).toEqual([3]);
    expect(clock.pendingCount).toBe(0);
    send = away;
    const other = new SpanQueue({ send: away, onChanged: () => undefined, clock, logger: silentLogger });
    other.add({ operation, place: singlePlace(), isClick: false });
    await other.close();
    expect(other.delivery).toMatchObject({ sentCount: 0, waitingCount: 1 });
  });
});
