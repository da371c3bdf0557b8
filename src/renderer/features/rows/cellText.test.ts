import { describe, expect, it } from 'vitest';
import { oneLine, rowAsText } from './cellText.ts';
import { columnWidths } from './columnWidths.ts';

describe('cellText', () => {
  it('keeps a cell on one line without hiding that it has several', () => {
    expect(oneLine('first\r\nsecond\tthird\u2028fourth')).toBe('first↵second⇥third↵fourth');
  });

  it('copies a row so that a spreadsheet reads the same cells', () => {
    expect(rowAsText(['1', null, 'a "quoted"\nline', 'Zoë'])).toBe('1\t\t"a ""quoted""\nline"\tZoë');
  });
});

describe('columnWidths', () => {
  it('gives long text more room than short, within limits', () => {
    const fields = ['id', 'note', 'story'].map((name) => ({ name, type: 'text' }));
    const [id, note, story] = columnWidths(fields, [['1', 'a longer remark', 'x'.repeat(4_096)]]);
    expect(id).toBe(64);
    expect(note).toBeGreaterThan(120);
    expect(story).toBe(340);
  });

  it('gives wide letters twice the room', () => {
    const field = [{ name: 'n', type: 'text' }];
    const [latin = 0] = columnWidths(field, [['a'.repeat(16)]]);
    const [chinese = 0] = columnWidths(field, [['\u6f22'.repeat(16)]]);
    expect(chinese).toBeGreaterThan(latin * 1.6);
  });
});
