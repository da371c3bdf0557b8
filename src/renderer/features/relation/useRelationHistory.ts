import { useState } from 'react';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import type { ResultGridProps } from '../grid/index.ts';
import { relationNode } from '../schema/index.ts';
import { tabsStore } from '../tabs/index.ts';

type Visit = Pick<TabOf<'relation'>, 'node' | 'sort' | 'filters' | 'segment'>;
type Followed = Parameters<NonNullable<ResultGridProps['onFollow']>>[0];

/** Steps back that are kept. */
const longestHistory = 30;

/** Where a tab has been: a foreign key leads on to another relation, and back leads to where it was. */
export function useRelationHistory({ id, sourceId, node, sort, filters, segment }: TabOf<'relation'>) {
  const [visits, setVisits] = useState<readonly Visit[]>([]);
  const follow = ({ link, values }: Followed): void => {
    const target = relationNode(sourceId, link.relation);
    setVisits([...visits, { node, sort, filters, segment }].slice(-longestHistory));
    tabsStore.getState().patch(id, {
      node: target,
      sort: [],
      filters: link.targetColumns.map((column, index) => ({
        column,
        operator: 'equals' as const,
        value: values[index] ?? '',
      })),
    });
  };
  const back = (): void => {
    const visit = visits.at(-1);
    if (visit === undefined) return;
    setVisits(visits.slice(0, -1));
    tabsStore.getState().patch(id, visit);
  };
  const previous: NodeRef | null = visits.at(-1)?.node ?? null;
  return { previous, follow, back };
}
