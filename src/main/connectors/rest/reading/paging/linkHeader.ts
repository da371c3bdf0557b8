import type { HeaderLines } from '../../HeaderLines.ts';

const linkPattern = /<([^>]*)>((?:\s*;\s*[^\s=;,"]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s",;]*))?)*)/g;
const relPattern = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i;

/** The address of the next page in the Link headers of an answer (RFC 8288), as it was sent; null when there is none. */
export function nextLink(headers: HeaderLines): string | null {
  const lines = headers.filter(([name]) => name.toLowerCase() === 'link').map(([, value]) => value);
  for (const [, target = '', parameters = ''] of lines.join(', ').matchAll(linkPattern)) {
    // Of several relations the first parameter counts; one parameter may name several.
    const match = relPattern.exec(parameters);
    const relations = (match?.[1] ?? match?.[2] ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return target;
  }
  return null;
}
