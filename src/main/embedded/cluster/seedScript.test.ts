import { describe, expect, it } from 'vitest';
import { parseSeed } from './seedScript.ts';

describe('parseSeed', () => {
  it('takes the first line as the title and ends statements at a semicolon and an empty line only', () => {
    const script = `-- Filling the shop\n\nDO $$\nBEGIN\n  PERFORM 1;\nEND $$;\n\nINSERT INTO t VALUES (';');\nSELECT 2;\n\n`;
    expect(parseSeed(script)).toEqual({
      title: 'Filling the shop',
      statements: [
        '-- Filling the shop\n\nDO $$\nBEGIN\n  PERFORM 1;\nEND $$',
        "INSERT INTO t VALUES (';');\nSELECT 2",
      ],
    });
  });

  it('reads a file that a Windows checkout gave other line ends', () => {
    expect(parseSeed('-- Title\r\n\r\nSELECT 1;\r\n\r\nSELECT 2;\r\n\r\n').statements).toHaveLength(2);
  });
});
