import { describe, expect, it } from 'vitest';
import { bindValues } from './bindValues.ts';

describe('bindValues', () => {
  it('puts texts in as hexadecimal digits, so that no sql_mode can read them as anything else', () => {
    const text = 'SELECT * FROM t WHERE name = ? AND id > ?';
    expect(bindValues({ text, values: ["O'Neil \\", 7] }, true)).toBe(
      "SELECT * FROM t WHERE name = _utf8mb4 x'4f274e65696c205c' AND id > 7",
    );
  });

  it('writes NULL and booleans in SQL', () => {
    expect(bindValues({ text: 'SELECT ?, ?, ?', values: [null, true, false] }, true)).toBe(
      'SELECT NULL, TRUE, FALSE',
    );
  });

  it('leaves question marks in texts, names and comments alone', () => {
    const text = "SELECT '?''?', \"?\", `?`, 'it\\'s?' /* ? */ -- ?\n, ? # ?";
    expect(bindValues({ text, values: [1] }, true)).toBe(
      "SELECT '?''?', \"?\", `?`, 'it\\'s?' /* ? */ -- ?\n, 1 # ?",
    );
  });

  it('does not take a backslash for an escape where the session does not', () => {
    expect(bindValues({ text: "SELECT '\\', ?", values: [1] }, false)).toBe("SELECT '\\', 1");
  });

  it('does not read a value again', () => {
    expect(bindValues({ text: 'SELECT ?, ?', values: ['?', 2] }, true)).toBe("SELECT _utf8mb4 x'3f', 2");
  });

  it.each([
    ['SELECT ?', [1, 2]],
    ['SELECT ?, ?', [1]],
  ])('refuses %s with the values %j', (text, values) => {
    expect(() => bindValues({ text, values }, true)).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });

  it('refuses what is not a number', () => {
    expect(() => bindValues({ text: 'SELECT ?', values: [Number.NaN] }, true)).toThrowError(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});
