import type { Fact } from '../../shared/model/fact.ts';
import type { FactText, FactTexts } from '../text/engines/EngineText.ts';
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

export const labelOf = (text: FactText): string => (typeof text === 'string' ? text : text.label);

/** Facts in the engine's words, in the order in which they came. Those that it has no words for are left out. */
export function factList(facts: readonly Fact[], texts: FactTexts): readonly LabelledText[] {
  return facts.flatMap(({ key, value }) => {
    const text = Object.hasOwn(texts, key) ? texts[key] : undefined;
    if (text === undefined) return [];
    if (value === null) return [{ label: labelOf(text), value: serverText.unknown }];
    const plain = plainText(value);
    return [{ label: labelOf(text), value: typeof text === 'string' ? plain : text.show(plain) }];
  });
}
