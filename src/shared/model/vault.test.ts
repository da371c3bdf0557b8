import { describe, expect, it } from 'vitest';
import { type AppLockSettings, isWeakerLock, newPassphraseSchema, passphraseSchema } from './vault.ts';

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

describe('a passphrase', () => {
  it('has at least eight characters when it is chosen, and any when it is asked for', () => {
    expect(newPassphraseSchema.safeParse('1234567').success).toBe(false);
    expect(newPassphraseSchema.safeParse('12345678').success).toBe(true);
    expect(passphraseSchema.safeParse('').success).toBe(false);
    expect(passphraseSchema.safeParse('1').success).toBe(true);
  });

  it('has no character that is lost on the way', () => {
    for (const text of ['a\0bcdefgh', '\ud83dabcdefgh', 'abcdefgh\ude00']) {
      expect(newPassphraseSchema.safeParse(text).success).toBe(false);
    }
    expect(newPassphraseSchema.safeParse('12345678😀').success).toBe(true);
  });
});
