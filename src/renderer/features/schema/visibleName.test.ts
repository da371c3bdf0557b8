import { describe, expect, it } from 'vitest';
import { visibleName } from './visibleName.ts';

describe('visibleName', () => {
  it('leaves names in any script alone', () => {
    for (const name of ['orders', 'Größe', '注文', 'הזמנות', '🛒 cart']) expect(visibleName(name)).toBe(name);
  });

  it('writes out what could make one name look like another', () => {
    expect(visibleName('table\u202egnp.')).toBe('table⟨U+202E⟩gnp.');
    expect(visibleName('or\u200bders\u0000\n')).toBe('or⟨U+200B⟩ders⟨U+0000⟩⟨U+000A⟩');
  });
});
