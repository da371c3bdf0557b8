import { describe, expect, it } from 'vitest';
import { contentOf, formsOf } from './valueForms.ts';

describe('valueForms', () => {
  it('offers a text that looks like JSON or XML in their forms too, as text first', () => {
    expect(formsOf('text', '{"a":1}')).toEqual(['text', 'pretty', 'tree']);
    expect(formsOf('text', '<a/>')).toEqual(['text', 'pretty']);
    expect(formsOf('text', 'a < b')).toEqual(['text']);
  });

  it('indents XML and leaves text and attributes alone', () => {
    expect(
      contentOf('pretty', 'xml', '<?xml version="1.0"?><a x="1"><b> t </b><c/><d></d><!-- n --></a>'),
    ).toBe('<?xml version="1.0"?>\n<a x="1">\n  <b> t </b>\n  <c/>\n  <d></d>\n  <!-- n -->\n</a>');
  });

  it.each(['<a><b></a></b>', '<a>', 'no tags', '</a>'])('does not call %s XML', (text) => {
    expect(contentOf('pretty', 'xml', text)).toBeNull();
  });

  it('shows bytes with their offsets and letters, also when a part ends in the middle of one', () => {
    expect(contentOf('hex', 'binary', '\\x48690a')).toBe(
      `00000000  ${'48 69 0a'.padEnd(23)}  ${''.padEnd(23)}  Hi.`,
    );
    expect(contentOf('hex', 'binary', '\\x48690')).toContain('48 69');
    expect(contentOf('hex', 'binary', 'plain')).toBeNull();
  });
});
