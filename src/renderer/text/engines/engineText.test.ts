import { describe, expect, it } from 'vitest';
import { engineKinds, engineOf } from '../../../shared/engines/engines.ts';
import { engineText } from './index.ts';

describe.each(engineKinds)('the words about %s', (kind) => {
  it('name every option of its form', () => {
    const { fields } = engineText(kind);
    const { sections } = engineOf(kind).form;
    for (const { key, widget } of sections.flatMap((section) => section.fields)) {
      const text = fields[key];
      if (widget.type !== 'choice') continue;
      const words = text !== undefined && 'options' in text ? Object.keys(text.options) : [];
      // What engines have in common has words for the options of all of them.
      expect(words).toEqual(expect.arrayContaining([...widget.options]));
    }
  });
});
