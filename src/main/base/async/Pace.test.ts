import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import { Pace } from './Pace.ts';

describe('Pace', () => {
  let clock: FakeClock;
  let controller: AbortController;
  let pace: Pace;
  let turnCount: number;
  const rest = async () => {
    const turn = setImmediate(() => {
      turnCount += 1;
    });
    await pace.rest();
    clearImmediate(turn);
  };

  beforeEach(() => {
    clock = new FakeClock();
    controller = new AbortController();
    pace = new Pace(clock, controller.signal);
    turnCount = 0;
  });

  it('lets work go on for a few milliseconds, then gives others one turn', async () => {
    await clock.advance(4);
    await rest();
    expect(turnCount).toBe(0);
    await clock.advance(1);
    await rest();
    expect(turnCount).toBe(1);
    await rest();
    expect(turnCount).toBe(1);
  });

  it('ends the work with the signal, however little time has passed', async () => {
    controller.abort();
    await expect(pace.rest()).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
