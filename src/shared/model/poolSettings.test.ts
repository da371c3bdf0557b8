import { describe, expect, it } from 'vitest';
import { defaultPoolSettings, poolSettingsSchema } from './poolSettings.ts';

const isTaken = (changes: object) =>
  poolSettingsSchema.safeParse({ ...defaultPoolSettings, ...changes }).success;

describe('the settings of a pool', () => {
  it('keep at least as many connections open as they allow, and no more', () => {
    expect(isTaken({ min: 10, max: 10 })).toBe(true);
    expect(isTaken({ min: 11, max: 10 })).toBe(false);
  });

  it('take no connection back before its leak is reported', () => {
    expect(isTaken({ leakWarningMs: 5_000, leakReclaimMs: 5_000 })).toBe(true);
    expect(isTaken({ leakWarningMs: 5_000, leakReclaimMs: 4_999 })).toBe(false);
    expect(isTaken({ leakWarningMs: 5_000, leakReclaimMs: null })).toBe(true);
  });
});
