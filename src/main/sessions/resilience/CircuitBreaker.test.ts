import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import type { Clock } from '../../base/Clock.ts';
import { type AttemptPermit, CircuitBreaker } from './CircuitBreaker.ts';

describe('CircuitBreaker', () => {
  let clock: FakeClock;
  let openForMs: number;
  let breaker: CircuitBreaker;

  beforeEach(() => {
    clock = new FakeClock();
    openForMs = 1_000;
    breaker = new CircuitBreaker({ clock, openForMs: () => openForMs });
  });

  const admitted = (): AttemptPermit => {
    const permit = breaker.admit();
    if (permit === null) throw new Error('The breaker let nobody through');
    return permit;
  };
  const fail = (times: number) => {
    for (let count = 0; count < times; count += 1) admitted().failed();
  };

  it('lets everybody through until five attempts in a row have failed', () => {
    fail(4);
    admitted().succeeded();
    fail(4);
    expect(breaker.state).toBe('closed');
    fail(1);
    expect(breaker.state).toBe('open');
    expect(breaker.admit()).toBeNull();
    expect(breaker.remainingMs()).toBe(1_000);
  });

  it('opens when half of at least ten attempts within 30 s have failed, though never five in a row', () => {
    for (let count = 0; count < 4; count += 1) {
      admitted().succeeded();
      fail(1);
    }
    admitted().succeeded();
    expect(breaker.state).toBe('closed');
    fail(1);
    expect(breaker.state).toBe('open');
  });

  it('forgets failures that are older than 30 s', async () => {
    for (let count = 0; count < 4; count += 1) {
      fail(1);
      admitted().succeeded();
    }
    await clock.advance(30_001);
    fail(2);
    expect(breaker.state).toBe('closed');
  });

  it('lets exactly one probe through when its time is over, and everybody when that one succeeds', async () => {
    fail(5);
    await clock.advance(999);
    expect(breaker.admit()).toBeNull();
    await clock.advance(1);
    const probe = admitted();
    expect(breaker.state).toBe('half-open');
    expect([breaker.admit(), breaker.admit()]).toEqual([null, null]);
    probe.succeeded();
    expect(breaker.state).toBe('closed');
    // What failed before does not count any more.
    fail(4);
    expect(breaker.state).toBe('closed');
  });

  it('opens again for as long as it is told when the probe fails', async () => {
    fail(5);
    await clock.advance(1_000);
    openForMs = 7_000;
    admitted().failed();
    expect(breaker.remainingMs()).toBe(7_000);
  });

  it('takes the failure of an attempt that began before it opened for no answer of the probe', async () => {
    const early = admitted();
    fail(5);
    await clock.advance(1_000);
    const probe = admitted();
    early.failed();
    expect(breaker.state).toBe('half-open');
    probe.succeeded();
    probe.failed();
    expect(breaker.state).toBe('closed');
  });

  it('lets the next one probe when a probe came to no result', async () => {
    fail(5);
    await clock.advance(1_000);
    admitted().abandoned();
    expect(breaker.state).toBe('open');
    admitted().succeeded();
    expect(breaker.state).toBe('closed');
  });

  it('lets a person try at once, but no second probe beside one on its way', () => {
    fail(5);
    breaker.letProbe();
    admitted();
    breaker.letProbe();
    expect(breaker.admit()).toBeNull();
  });

  it('is not moved by a wall clock that jumps an hour back or a day forward', async () => {
    let jumpMs = 0;
    const jumping: Clock = {
      monotonicMs: () => clock.monotonicMs(),
      wallMs: () => clock.wallMs() + jumpMs,
      after: (delayMs, work) => clock.after(delayMs, work),
    };
    breaker = new CircuitBreaker({ clock: jumping, openForMs: () => openForMs });
    fail(5);
    jumpMs = 86_400_000;
    expect(breaker.admit()).toBeNull();
    jumpMs = -3_600_000;
    await clock.advance(1_000);
    admitted().succeeded();
    expect(breaker.state).toBe('closed');
  });
});
