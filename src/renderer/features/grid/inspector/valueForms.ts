import type { ValueKind } from '../../../../shared/model/results.ts';
import { prettyJson, readArray, readJson, type ValueNode } from '../../../components/values/valueTree.ts';
import { geometryText } from './geometryText.ts';
import { bytesOf, hexDump } from './hexDump.ts';
import { prettyXml } from './prettyXml.ts';

/** A way to show a value. */
export type ValueForm = 'text' | 'pretty' | 'tree' | 'hex' | 'list';

const formsOfKind: Partial<Record<ValueKind, readonly ValueForm[]>> = {
  json: ['pretty', 'tree', 'text'],
  xml: ['pretty', 'text'],
  binary: ['hex', 'text'],
  array: ['list', 'text'],
};

/** Text columns hold JSON and XML as well. */
const textForms = (text: string): readonly ValueForm[] => {
  if (/^\s*[[{]/.test(text)) return ['text', 'pretty', 'tree'];
  return /^\s*<[a-z?!]/i.test(text) ? ['text', 'pretty'] : ['text'];
};

/** Some servers write a geometry as bytes, others as text. */
const geometryForms = (text: string): readonly ValueForm[] =>
  bytesOf(text.slice(0, 100)) === null ? ['text'] : ['pretty', 'hex', 'text'];

/** The forms that a value may have, the usual one first. */
export const formsOf = (kind: ValueKind, text: string): readonly ValueForm[] =>
  kind === 'geometry' ? geometryForms(text) : (formsOfKind[kind] ?? textForms(text));

/** Whether a form can be made of the beginning of a value. */
export const takesPart = (form: ValueForm): boolean => form === 'text' || form === 'hex';

/** What a form shows: a text, a tree, or null for a value that does not have that form. */
export function contentOf(form: ValueForm, kind: ValueKind, text: string): string | ValueNode | null {
  switch (form) {
    case 'text':
      return text;
    case 'hex': {
      const bytes = bytesOf(text);
      return bytes === null ? null : hexDump(bytes);
    }
    case 'list':
      return readArray(text);
    case 'tree':
      return readJson(text);
    case 'pretty': {
      if (kind === 'geometry') return geometryText(bytesOf(text) ?? new Uint8Array(), text.startsWith('0x'));
      if (kind === 'xml' || /^\s*</.test(text)) return prettyXml(text);
      const node = readJson(text);
      return node === null ? null : prettyJson(node);
    }
  }
}
