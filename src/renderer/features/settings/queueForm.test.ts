import { describe, expect, it } from 'vitest';
import type { QueueStatus, RedisPlace } from '../../../shared/model/queueSettings.ts';
import { formOf, inputOf, isChanged, problemsIn, withType } from './queueForm.ts';

const place: RedisPlace = {
  type: 'redis',
  host: 'queue.example',
  port: 6380,
  ...{ user: null, database: 2, tls: { mode: 'verified', caPem: null } },
};
const status: QueueStatus = {
  settings: { place, executesHere: false },
  ...{ hasPassword: true, keyId: null, state: 'stopped', problem: null },
};

describe('the form of the queue', () => {
  it('says what is kept, and keeps the password', () => {
    const form = formOf(status.settings);
    expect(isChanged(form, status)).toBe(false);
    expect(inputOf(form, status)).toEqual({ settings: status.settings, password: { type: 'keep' } });
  });

  it.each([
    { host: 'other.example' },
    { port: '6379' },
    { user: 'ann' },
    { database: '0' },
    { isVerified: false },
  ])('sends the password that is kept to no other place: %j', (change) => {
    expect(inputOf({ ...formOf(status.settings), ...change }, status)?.password).toEqual({ type: 'none' });
  });

  it('sends a password that was typed, and none where it was removed', () => {
    const form = formOf(status.settings);
    expect(inputOf({ ...form, password: 'typed' }, status)?.password).toEqual({
      type: 'new',
      value: 'typed',
    });
    expect(inputOf({ ...form, dropsPassword: true }, status)?.password).toEqual({ type: 'none' });
  });

  it('names the fields that are wrong', () => {
    const form = withType(formOf(status.settings), 'postgres');
    expect([...problemsIn({ ...form, host: 'a b', port: '70000', caPem: 'no certificate' })].sort()).toEqual([
      'caPem',
      'database',
      'host',
      'port',
      'user',
    ]);
    expect(inputOf(form, status)).toBeNull();
  });

  it('executes runs on this computer when the queue is here', () => {
    expect(inputOf(withType(formOf(status.settings), 'local'), status)?.settings).toEqual({
      ...{ place: { type: 'local' }, executesHere: true },
    });
  });
});
