import { setImmediate as nextTurn } from 'node:timers/promises';
import { SaxesParser } from 'saxes';

/** An element of XML: its attributes, the elements in it, and the text that stands directly in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface OpenElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlElement[];
  text: string;
}

const maxDepth = 64;
const charactersPerTurn = 65_536;

/**
 * Reads a document. Nothing outside of it is read: the parser knows no external entities and none that a document
 * declares.
 * @returns null for a text that is not well-formed, or nested too deep
 */
export async function readXml(text: string): Promise<XmlElement | null> {
  const top: OpenElement = { name: '', attributes: {}, children: [], text: '' };
  const open: OpenElement[] = [top];
  let isBroken = false;
  const parser = new SaxesParser();
  parser.on('error', () => {
    isBroken = true;
  });
  parser.on('opentag', ({ name, attributes }) => {
    isBroken ||= open.length > maxDepth;
    if (!isBroken) open.push({ name, attributes, children: [], text: '' });
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element !== undefined) open.at(-1)?.children.push(element);
  });
  for (let from = 0; from < text.length && !isBroken; from += charactersPerTurn) {
    parser.write(text.slice(from, from + charactersPerTurn));
    await nextTurn();
  }
  if (!isBroken) parser.close();
  return isBroken ? null : (top.children[0] ?? null);
}

/** The text of an element's own child; empty when there is none. */
export const childText = ({ children }: XmlElement, name: string): string =>
  children.find((child) => child.name === name)?.text.trim() ?? '';

/** All elements of a name, at any depth. */
export const elementsIn = (element: XmlElement, name: string): readonly XmlElement[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elementsIn(child, name)]);
