import type { TabOf } from '../../../shared/model/tabs.ts';

interface RelationTabProps {
  readonly tab: TabOf<'relation'>;
  /** Whether it is the tab in front. */
  readonly isActive: boolean;
}

/** A relation: its rows, its structure and its definition. */
export function RelationTab({ tab }: RelationTabProps) {
  return <p>{tab.node.name}</p>;
}
