import { describe, expect, it } from 'vitest';
import { freeName } from './freeName.ts';

describe('freeName', () => {
  it('keeps a name that nobody has and numbers one that is taken', () => {
    expect(freeName('Warehouse', new Set(['Shop']))).toBe('Warehouse');
    expect(freeName('Warehouse', new Set(['Warehouse', 'Warehouse (2)']))).toBe('Warehouse (3)');
  });

  it('cuts a long name, so that it may be kept with its number, and no character in half', () => {
    const long = '🐘'.repeat(128);
    const name = freeName(long, new Set([long]));
    expect(name.endsWith('🐘 (2)')).toBe(true);
    expect([...name]).toHaveLength(128);
  });
});
