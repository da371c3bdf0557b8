import { describe, expect, it } from 'vitest';
import { factList } from './factList.ts';
import { formatMoment } from './format.ts';

const texts = { a: 'First', b: 'Second', c: { label: 'Case', show: (text: string) => `${text}!` } };

describe('facts in words', () => {
  it('are shown by what they are, in the order in which they came', () => {
    const facts = [
      { key: 'b', value: { type: 'bytes', count: 1_536 } },
      { key: 'a', value: { type: 'flag', isOn: false } },
      { key: 'b', value: { type: 'count', count: 12_000 } },
      { key: 'a', value: { type: 'moment', at: 0 } },
      { key: 'a', value: { type: 'text', text: '<b>' } },
    ] as const;
    expect(factList(facts, texts)).toEqual([
      { label: 'Second', value: '1.5 kB' },
      { label: 'First', value: 'No' },
      { label: 'Second', value: '12,000' },
      { label: 'First', value: formatMoment(0) },
      { label: 'First', value: '<b>' },
    ]);
  });

  it('tell an empty value from one that is not known', () => {
    const facts = [
      { key: 'a', value: { type: 'text', text: '' } },
      { key: 'b', value: null },
    ] as const;
    expect(factList(facts, texts).map(({ value }) => value)).toEqual(['None', 'Unknown']);
  });

  it('are read as the engine says, but not what is not known', () => {
    const facts = [
      { key: 'c', value: { type: 'text', text: '1' } },
      { key: 'c', value: null },
    ] as const;
    expect(factList(facts, texts)).toEqual([
      { label: 'Case', value: '1!' },
      { label: 'Case', value: 'Unknown' },
    ]);
  });

  it.each(['d', 'toString', '__proto__'])('leave out what there are no words for: %s', (key) => {
    expect(factList([{ key, value: { type: 'text', text: 'x' } }], texts)).toEqual([]);
  });
});
