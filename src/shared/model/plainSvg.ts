/**
 * The part of SVG that diagrams are written in: shapes and text, each with its colours. No scripts, styles, links, images
 * or entities of their own, so a file opens everywhere and loads and does nothing.
 */
const elements = ['svg', 'title', 'desc', 'g', 'rect', 'path', 'circle', 'text'];

const attributes = [
  ...['xmlns', 'viewBox', 'width', 'height', 'x', 'y', 'rx', 'cx', 'cy', 'r', 'd'],
  ...['fill', 'stroke', 'stroke-width', 'stroke-linejoin', 'stroke-linecap', 'stroke-dasharray'],
  ...['font-family', 'font-size', 'font-weight', 'text-anchor'],
];

/** What an attribute may hold: neither markup nor a call, such as `url(…)`. */
const value = '[^"<>&\\\\;{}@()]*';
const tag = `</?(?:${elements.join('|')})(?: (?:${attributes.join('|')})="${value}")*/?>`;
const text = '(?:[^<>&\\0]|&(?:amp|lt|gt|quot);)+';

const characters: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** What no XML document may hold, even as a reference; half a pair is no character. */
const notInXml =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is replaced
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text for an SVG document, whatever is in it. */
export const svgText = (plain: string): string =>
  plain.replace(notInXml, '\ufffd').replace(/[&<>"]/g, (character) => characters[character] ?? '');

/**
 * Whether a document is written in that part of SVG, piece by piece, so that whoever checks it can rest in between.
 * @returns ends with the verdict
 */
export function* checkPlainSvg(document: string): Generator<void, boolean> {
  const piece = new RegExp(`${tag}|${text}`, 'y');
  if (!document.startsWith('<svg xmlns="http://www.w3.org/2000/svg" ')) return false;
  while (piece.lastIndex < document.length) {
    if (!piece.test(document)) return false;
    yield;
  }
  return document.endsWith('</svg>');
}
