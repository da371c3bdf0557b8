import type { Fact } from '../../shared/model/fact.ts';
import type { FactTexts } from '../text/engines/EngineText.ts';
import { serverText } from '../text/server.ts';
import { formatBytes, formatCount, formatMoment } from './format.ts';

/** A fact in words. */
export interface LabelledText {
  readonly label: string;
  readonly value: string;
}

function plainText(value: NonNullable<Fact['value']>): string {
  switch (value.type) {
    case 'text':
      return value.text === '' ? serverText.none : value.text;
    case 'flag':
      return value.isOn ? serverText.yes : serverText.no;
    case 'count':
      return formatCount(value.count);
    case 'bytes':
      return formatBytes(value.count);
    case 'moment':
      return formatMoment(value.at);
  }
}

/** Facts in the engine's words, in the order in which they came. Those that it has no words for are left out. */
export function factList(facts: readonly Fact[], texts: FactTexts): readonly LabelledText[] {
  return facts.flatMap(({ key, value }) => {
    const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
    if (text === undefined) return [];
    const known = value === null ? serverText.unknown : plainText(value);
    if (typeof text === 'string') return [{ label: text, value: known }];
    return [{ label: text.label, value: text.values[known] ?? known }];
  });
}
