import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted } from '../base/abort.ts';
import type { RowReader } from '../connectors/Connector.ts';
import { MeteredRowReader } from './MeteredRowReader.ts';

describe('MeteredRowReader', () => {
  const options = { signal: neverAborted };
  const start = (failure: AppError | null = null) => {
    const clock = new FakeClock();
    const recorded: unknown[][] = [];
    const inner: RowReader = {
      fields: [],
      next: async () => {
        await clock.advance(20);
        if (failure !== null) throw failure;
        return [];
      },
      close: async () => undefined,
    };
    const recorder = { statement: (...entry: unknown[]) => void recorded.push(entry) };
    const open = async () => {
      await clock.advance(10);
      if (failure?.code === 'PERMISSION_DENIED') throw failure;
      return inner;
    };
    return { clock, recorded, opening: MeteredRowReader.open(open, clock, recorder) };
  };

  it('records one query for all that was fetched, without the time in which nobody asked', async () => {
    const { clock, recorded, opening } = start();
    const reader = await opening;
    await reader.next(1, options);
    await clock.advance(60_000);
    await reader.next(1, options);
    expect(recorded).toEqual([]);
    await reader.close();
    expect(recorded).toEqual([[50, 'user', 'ok']]);
  });

  it.each([
    ['QUERY_CANCELLED', 'cancelled'],
    ['QUERY_TIMEOUT', 'timeout'],
    ['CONNECTION_LOST', 'error'],
  ] as const)('records %s once, as %s', async (code, outcome) => {
    const failure = new AppError(code, { title: 'failed' });
    const { recorded, opening } = start(failure);
    const reader = await opening;
    await expect(reader.next(1, options)).rejects.toBe(failure);
    await reader.close();
    expect(recorded).toEqual([[30, 'user', outcome]]);
  });

  it('records one that did not even begin', async () => {
    const failure = new AppError('PERMISSION_DENIED', { title: 'denied' });
    const { recorded, opening } = start(failure);
    await expect(opening).rejects.toBe(failure);
    expect(recorded).toEqual([[10, 'user', 'error']]);
  });
});
