import { describe, expect, it } from 'vitest';
import { quoteValue } from './quoteValue.ts';

describe('a value in a statement of MySQL', () => {
  it('is a text in quotes, with nothing in it that the server would read otherwise', () => {
    expect(quoteValue("O'Hara \\ x", 'text')).toBe("'O''Hara \\\\ x'");
    expect(quoteValue('0x00ff', 'text')).toBe("'0x00ff'");
  });

  it('is bytes, and not their digits', () => {
    expect(quoteValue('0x00ff', 'binary')).toBe("x'00ff'");
    expect(quoteValue('0x', 'binary')).toBe("x''");
    expect(quoteValue('0x000000000101', 'geometry')).toBe("x'000000000101'");
  });

  it('is a geometry by its text', () => {
    expect(quoteValue('POINT(1 2)', 'geometry')).toBe("ST_GeomFromText('POINT(1 2)', 0)");
    expect(quoteValue('SRID=4326;POINT(52.5 13.4)', 'geometry')).toBe(
      "ST_GeomFromText('POINT(52.5 13.4)', 4326)",
    );
  });
});
