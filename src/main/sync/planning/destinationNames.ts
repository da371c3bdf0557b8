import { createHash } from 'node:crypto';
import type { NameRules } from '../../connectors/TableWriter.ts';

/** Hexadecimal digits of a suffix: enough for some thousand columns. */
const hashLength = 8;

/**
 * Names that the destination takes, in the order of those given. A name that is fine stays as it is. One that is too long,
 * or that the destination takes for one before it, ends with a hash of the whole name: so it is the same in each run, and
 * different names stay different.
 */
export function destinationNames(names: readonly string[], rules: NameRules): string[] {
  const taken = new Set<string>();
  const given = new Map<string, string>();
  const claim = (name: string, chosen: string): boolean => {
    const folded = foldName(chosen, rules);
    if (taken.has(folded)) return false;
    taken.add(folded);
    given.set(name, chosen);
    return true;
  };
  const others = names.filter((name) => lengthOf(name, rules) > rules.maxLength || !claim(name, name));
  for (const name of others) {
    for (let round = 0; !given.has(name); round += 1) claim(name, suffixed(name, round, rules));
  }
  return names.map((name) => given.get(name) ?? name);
}

/** What names have in common that the destination takes for the same. */
export function foldName(name: string, { ignoresCase }: NameRules): string {
  return ignoresCase ? name.toLowerCase() : name;
}

function suffixed(name: string, round: number, rules: NameRules): string {
  const hash = createHash('sha256')
    .update(round === 0 ? name : `${round} ${name}`, 'utf8')
    .digest('hex');
  const suffix = `_${hash.slice(0, hashLength)}`;
  return `${cut(name, rules.maxLength - suffix.length, rules)}${suffix}`;
}

/** Between what a reader takes for letters, so that none loses its accent. */
function cut(name: string, length: number, rules: NameRules): string {
  let kept = '';
  let rest = length;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(name)) {
    rest -= lengthOf(segment, rules);
    if (rest < 0) break;
    kept += segment;
  }
  return kept;
}

function lengthOf(text: string, { unit }: NameRules): number {
  return unit === 'bytes' ? Buffer.byteLength(text, 'utf8') : [...text].length;
}
