import { describe, expect, it } from 'vitest';
import { settle } from '../../../../tests/support/FakeClock.ts';
import { neverAborted } from '../../base/abort.ts';
import { KeyOperations } from './KeyOperations.ts';

/** An operation that runs until the test ends it. */
function started(operations: KeyOperations, signal = neverAborted) {
  let end: () => void = () => undefined;
  const seen: { signal: AbortSignal | null } = { signal: null };
  const running = operations.run(signal, (own) => {
    seen.signal = own;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  return { running, seen, end: () => end() };
}

describe('KeyOperations', () => {
  it('runs one at a time, and refuses others at once', async () => {
    const operations = new KeyOperations();
    const { running, end } = started(operations);
    expect(operations.isRunning).toBe(true);
    await expect(operations.run(neverAborted, async () => 'second')).rejects.toMatchObject({
      code: 'VAULT_BUSY',
    });
    end();
    await running;
    expect(operations.isRunning).toBe(false);
    expect(await operations.run(neverAborted, async () => 'third')).toBe('third');
  });

  it('is idle once what runs has ended', async () => {
    const operations = new KeyOperations();
    await operations.idle();
    const { running, end } = started(operations);
    let isIdle = false;
    const idle = operations.idle().then(() => {
      isIdle = true;
    });
    await settle();
    expect(isIdle).toBe(false);
    end();
    await Promise.all([running, idle]);
    expect(operations.isRunning).toBe(false);
  });

  it('tells what runs that it is to give up, by whomever it was asked for, and nothing that runs later', async () => {
    const operations = new KeyOperations();
    const reason = new Error('locked');
    const first = started(operations);
    operations.abort(reason);
    expect(first.seen.signal?.reason).toBe(reason);
    first.end();
    await first.running;
    const caller = new AbortController();
    const second = started(operations, caller.signal);
    expect(second.seen.signal?.aborted).toBe(false);
    caller.abort(reason);
    expect(second.seen.signal?.reason).toBe(reason);
    second.end();
    await second.running;
    await expect(operations.run(caller.signal, async () => 'third')).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });
});
