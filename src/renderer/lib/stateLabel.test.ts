import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../tests/support/someErrorDto.ts';
import { stateLabel } from './stateLabel.ts';

const reason = someErrorDto('CONNECTION_LOST', { title: 'The connection was lost', retryable: true });

describe('stateLabel', () => {
  it('counts down to the next attempt and then says that it is under way', () => {
    const state = { status: 'reconnecting', attempt: 3, nextAt: 10_000, reason } as const;
    expect(stateLabel(state, 5_500)).toBe('Reconnecting: attempt 3 in 5 s');
    expect(stateLabel(state, 9_999)).toBe('Reconnecting: attempt 3 in 1 s');
    expect(stateLabel(state, 12_000)).toBe('Reconnecting: attempt 3…');
  });

  it('says until when the circuit stays open', () => {
    const until = new Date(2026, 0, 2, 14, 5, 9).getTime();
    expect(stateLabel({ status: 'open-circuit', until, reason }, until - 20_000)).toBe(
      'Paused until 14:05:09 (20 s)',
    );
    expect(stateLabel({ status: 'open-circuit', until, reason }, until + 1)).toBe('Trying again…');
  });

  it('does not call it a failure when the server only wants a password', () => {
    const wanted = someErrorDto('PASSWORD_REQUIRED');
    expect(stateLabel({ status: 'failed', since: 1, reason: wanted }, 2)).toBe('Password needed');
    expect(stateLabel({ status: 'failed', since: 1, reason }, 2)).toBe('Failed');
  });

  it('shows how long connecting takes once it takes long', () => {
    expect(stateLabel({ status: 'connecting', since: 1_000 }, 1_400)).toBe('Connecting…');
    expect(stateLabel({ status: 'connecting', since: 1_000 }, 5_400)).toBe('Connecting… 4 s');
  });
});
