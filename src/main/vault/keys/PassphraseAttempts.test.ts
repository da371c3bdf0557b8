import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { PassphraseAttempts } from './PassphraseAttempts.ts';

let clock: FakeClock;
let attempts: PassphraseAttempts;
let runCount: number;
beforeEach(() => {
  clock = new FakeClock();
  attempts = new PassphraseAttempts(clock);
  runCount = 0;
});

const attempt = (answer: 'right' | null) =>
  attempts.run(async () => {
    runCount += 1;
    return answer;
  });

/** A wrong passphrase; how long the next attempt has to wait. */
async function fail(): Promise<number> {
  const error: unknown = await attempt(null).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG', message: 'The passphrase is wrong' });
  return error instanceof Error && 'retryAfterMs' in error ? Number(error.retryAfterMs ?? 0) : Number.NaN;
}

describe('PassphraseAttempts', () => {
  it('lets three wrong ones pass without a wait, then asks for 1, 2, 4 … 30 s', async () => {
    const waits: number[] = [];
    for (let count = 0; count < 10; count += 1) {
      const waitMs = await fail();
      waits.push(waitMs);
      await clock.advance(waitMs);
    }
    expect(waits).toEqual([0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('refuses what comes too early without looking at it, says for how long, and does not wait longer for it', async () => {
    for (let count = 0; count < 4; count += 1) await clock.advance(await fail());
    await fail();
    runCount = 0;
    await clock.advance(2_500);
    await expect(attempt('right')).rejects.toMatchObject({
      code: 'VAULT_PASSPHRASE_WRONG',
      detail: 'This one was not checked. You can try again in 2 seconds.',
      retryAfterMs: 1_500,
    });
    expect(runCount).toBe(0);
    await clock.advance(1_500);
    expect(await attempt('right')).toBe('right');
  });

  it('begins anew after the right one', async () => {
    for (let count = 0; count < 5; count += 1) await clock.advance(await fail());
    await attempt('right');
    expect([await fail(), await fail(), await fail()]).toEqual([0, 0, 1_000]);
  });

  it('counts no attempt that failed for another reason', async () => {
    for (let count = 0; count < 10; count += 1) {
      await expect(attempts.run(() => Promise.reject(new Error('keychain')))).rejects.toThrow('keychain');
    }
    expect(await fail()).toBe(0);
  });

  it('looks at one at a time', async () => {
    let answer = (_: null): void => undefined;
    const first = attempts.run(() => new Promise<null>((resolve) => (answer = resolve)));
    await expect(attempt('right')).rejects.toMatchObject({ code: 'VAULT_BUSY' });
    answer(null);
    await expect(first).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE_WRONG' });
    expect(await attempt('right')).toBe('right');
  });
});
