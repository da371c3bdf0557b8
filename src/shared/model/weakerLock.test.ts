import { describe, expect, it } from 'vitest';
import type { AppLockSettings } from './vault.ts';
import { isWeakerLock } from './weakerLock.ts';

const before: AppLockSettings = { enabled: true, idleMinutes: 15, withSystem: true, connections: 'keep' };

describe('a change of the app lock', () => {
  it.each<[string, Partial<AppLockSettings>]>([
    ['turns it off', { enabled: false }],
    ['waits longer', { idleMinutes: 16 }],
    ['waits for ever', { idleMinutes: null }],
    ['leaves out the screen lock', { withSystem: false }],
  ])('keeps fewer people out when it %s', (_what, changes) => {
    expect(isWeakerLock({ ...before, ...changes }, before)).toBe(true);
  });

  it.each<[string, Partial<AppLockSettings>]>([
    ['is none', {}],
    ['waits less', { idleMinutes: 14 }],
    ['closes connections', { connections: 'close' }],
  ])('keeps nobody more in when it %s', (_what, changes) => {
    expect(isWeakerLock({ ...before, ...changes }, before)).toBe(false);
  });

  it('takes nothing away from a lock that is off, waits for ever, or does not follow the screen', () => {
    expect(isWeakerLock({ ...before, idleMinutes: null }, { ...before, enabled: false })).toBe(false);
    expect(isWeakerLock(before, { ...before, idleMinutes: null })).toBe(false);
    expect(isWeakerLock({ ...before, withSystem: false }, { ...before, withSystem: false })).toBe(false);
  });
});
