import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SearchHit } from '../../../shared/model/schemaSearch.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { isRelation } from '../../lib/isRelation.ts';
import { actionsOf, emptyTree, firstSegment, relationNode, schemaStore, showLine } from '../schema/index.ts';
import { tabsStore } from '../tabs/index.ts';
import type { SearchRow } from './searchRows.ts';

/** The names of the tree know the kinds of relations better than some servers say them here. */
export const shownNode = (sourceId: DataSourceId, node: NodeRef): NodeRef =>
  isRelation(node) ? relationNode(sourceId, node) : node;

/** What stands in the line of a hit, without what was cut off. */
export const lineText = ({ after, before, hit }: Pick<SearchHit, 'before' | 'hit' | 'after'>): string =>
  `${before.replace(/^…/, '')}${hit.replace(/…$/, '')}${hit.endsWith('…') ? '' : after.replace(/…$/, '')}`;

function segmentFor(sourceId: DataSourceId, node: NodeRef, hit: SearchHit): TabOf<'relation'>['segment'] {
  const actions = actionsOf(schemaStore.getState().trees[sourceId] ?? emptyTree, node);
  return hit.place === 'definitions' && actions.includes('definition') ? 'definition' : 'structure';
}

/** Opens what was found: an object as it is opened elsewhere, its parts in the structure, code at its line. */
export function openSearchRow(sourceId: DataSourceId, row: SearchRow, isPreview: boolean): void {
  const node = shownNode(sourceId, row.node);
  const hit = row.type === 'hit' ? row.hit : null;
  const segment = hit === null ? firstSegment(sourceId, node) : segmentFor(sourceId, node, hit);
  if (hit?.place === 'definitions') showLine(sourceId, node, { text: lineText(hit), line: hit.line ?? 1 });
  // An object that is open already stays at what it shows.
  const isUsual = hit === null && segment === 'rows';
  tabsStore.getState().openRelation(sourceId, node, { isPreview, ...(!isUsual && { segment }) });
}
