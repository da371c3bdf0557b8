import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { type Notice, noticeAfter } from './useNotice.ts';

const reason = someErrorDto('CONNECTION_REFUSED', { title: 'Nothing accepts connections', retryable: true });
const noticeOf = (...states: SourceState[]): Notice | null => states.reduce<Notice | null>(noticeAfter, null);
const reconnecting: SourceState = { status: 'reconnecting', attempt: 1, nextAt: 1, reason };
const connecting: SourceState = { status: 'connecting', since: 1 };

describe('noticeAfter', () => {
  it('keeps the reason on the screen while the next attempt runs', () => {
    expect(noticeOf(reconnecting, connecting)).toEqual({ type: 'warning', reason, retry: 'running' });
    expect(noticeOf(reconnecting, connecting, reconnecting)).toMatchObject({ retry: 'waiting' });
  });

  it('says nothing while connecting for the first time, and nothing once it works', () => {
    expect(noticeOf(connecting)).toBeNull();
    expect(noticeOf(reconnecting, connecting, { status: 'ready', since: 2 })).toBeNull();
    expect(noticeOf(reconnecting, { status: 'idle' }, connecting)).toBeNull();
  });

  it('does not hold an old failure against a new attempt', () => {
    const failed: SourceState = { status: 'failed', since: 1, reason };
    expect(noticeOf(failed)).toEqual({ type: 'failure', reason });
    expect(noticeOf(failed, connecting)).toBeNull();
  });

  it('is a question and no failure when the server only wants a password', () => {
    const wanted = someErrorDto('PASSWORD_REQUIRED');
    const failed: SourceState = { status: 'failed', since: 1, reason: wanted };
    expect(noticeOf(failed)).toEqual({ type: 'password', reason: wanted });
  });
});
