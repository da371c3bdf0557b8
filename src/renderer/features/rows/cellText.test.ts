import { describe, expect, it } from 'vitest';
import { oneLine, rangeAsText, shortenedCount } from './cellText.ts';
import { columnWidths } from './columnWidths.ts';

const range = (firstRow: number, lastRow: number, firstColumn: number, lastColumn: number) => ({
  firstRow,
  lastRow,
  firstColumn,
  lastColumn,
});

describe('cellText', () => {
  it('keeps a cell on one line without hiding that it has several', () => {
    expect(oneLine('first\r\nsecond\tthird\u2028fourth')).toBe('first↵second⇥third↵fourth');
  });

  it('never draws half a character', () => {
    expect(oneLine(`${'y'.repeat(199)}😀😀`)).toBe(`${'y'.repeat(199)}😀…`);
  });

  it('copies a row so that a spreadsheet reads the same cells', () => {
    const row = ['1', null, 'a "quoted"\nline', 'Zoë'];
    expect(rangeAsText([row], range(0, 0, 0, 3))).toBe('1\t\t"a ""quoted""\nline"\tZoë');
  });

  it('copies the rectangle that is selected and nothing beside it', () => {
    const rows = [
      ['1', 'a', 'x'],
      ['2', null, 'y'],
      ['3', 'c', 'z'],
    ];
    expect(rangeAsText(rows, range(0, 1, 1, 2))).toBe('a\tx\n\ty');
  });

  it('copies a single value as it is, without quotes', () => {
    expect(rangeAsText([['say "yes"\tor no']], range(0, 0, 0, 0))).toBe('say "yes"\tor no');
    expect(rangeAsText([[null]], range(0, 0, 0, 0))).toBe('');
  });

  it('knows how many values of a copy are not whole', () => {
    const rows = [
      ['a', { start: 'b', length: 5_000 }],
      [null, 'c'],
    ];
    expect(rangeAsText(rows, range(0, 1, 0, 1))).toBe('a\tb\n\tc');
    expect(shortenedCount(rows, range(0, 1, 0, 1))).toBe(1);
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
