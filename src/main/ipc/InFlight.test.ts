import { describe, expect, it } from 'vitest';
import { InFlight } from './InFlight.ts';

describe('InFlight', () => {
  it('refuses a window its call number 1,001, leaves other windows alone and counts what has ended no more', () => {
    const inFlight = new InFlight();
    const tickets = Array.from({ length: 1_000 }, (_, number) => inFlight.begin(1, `${number}`, false));
    const rateLimited = expect.objectContaining({ code: 'RATE_LIMITED', retryable: true });
    expect(() => inFlight.begin(1, 'next', false)).toThrowError(rateLimited);
    inFlight.begin(2, 'next', false);
    tickets[0]?.end();
    inFlight.begin(1, 'next', false);
  });

  it('does not end a call that took over the id of one that has ended, however often that says so', () => {
    const inFlight = new InFlight();
    const first = inFlight.begin(1, 'id', false);
    first.end();
    first.end();
    const second = inFlight.begin(1, 'id', false);
    first.end();
    inFlight.cancel(1, 'id');
    expect(second.signal.aborted).toBe(true);
  });

  it('has nothing to cancel or abandon for a window that calls nothing', () => {
    const inFlight = new InFlight();
    inFlight.cancel(1, 'id');
    inFlight.abandon(1);
    inFlight.begin(1, 'id', false).end();
    inFlight.cancel(1, 'id');
  });
});
