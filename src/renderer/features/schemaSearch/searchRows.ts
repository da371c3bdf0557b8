import type { SearchHit } from '../../../shared/model/schemaSearch.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import { nodeKey } from '../schema/index.ts';

/** One line of the results: an object, or below it what was found in it. */
export type SearchRow =
  | {
      readonly type: 'object';
      readonly key: string;
      readonly node: NodeRef;
      /** Its name was found. */
      readonly named: SearchHit | null;
      /** How many lines stand below it. */
      readonly count: number;
    }
  | { readonly type: 'hit'; readonly key: string; readonly node: NodeRef; readonly hit: SearchHit };

const isName = ({ part, place }: SearchHit): boolean => place === 'names' && part === null;

/** The hits by object, in the order in which the objects were found first. */
export function searchRows(hits: readonly SearchHit[]): readonly SearchRow[] {
  const byObject = new Map<string, SearchHit[]>();
  for (const hit of hits) {
    const key = nodeKey(hit.node);
    const known = byObject.get(key);
    if (known === undefined) byObject.set(key, [hit]);
    else known.push(hit);
  }
  const rows: SearchRow[] = [];
  for (const [key, [first, ...rest]] of byObject) {
    if (first === undefined) continue;
    const all = [first, ...rest];
    const below = all.filter((hit) => !isName(hit));
    const { node } = first;
    rows.push({ type: 'object', key, node, named: all.find(isName) ?? null, count: below.length });
    for (const [index, hit] of below.entries()) {
      rows.push({ type: 'hit', key: `${key}\0${index}`, node, hit });
    }
  }
  return rows;
}

/** How many objects there are among the rows. */
export const objectCount = (rows: readonly SearchRow[]): number =>
  rows.filter(({ type }) => type === 'object').length;
