import { describe, expect, it } from 'vitest';
import { freeName } from './freeName.ts';

describe('freeName', () => {
  it('keeps a name that nobody has and numbers one that is taken', () => {
    expect(freeName('Warehouse', ['Shop'])).toBe('Warehouse');
    expect(freeName('Warehouse', ['Warehouse', 'Warehouse (2)'])).toBe('Warehouse (3)');
  });
});
