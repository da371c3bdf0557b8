import {
  IconEye,
  IconEyeTable,
  IconStack2,
  IconTable,
  IconTableRow,
  IconTableShare,
  type TablerIcon,
} from '@tabler/icons-react';
import type { RelationKind } from '../../../shared/model/schemaTree.ts';

const iconOf: Record<RelationKind, TablerIcon> = {
  table: IconTable,
  'partitioned-table': IconStack2,
  partition: IconTableRow,
  view: IconEye,
  'materialized-view': IconEyeTable,
  'foreign-table': IconTableShare,
};

/** The kind of a relation as a small picture; text beside it says the same. */
export function RelationIcon({ kind, size = 15 }: { kind: RelationKind; size?: number }) {
  const Icon = iconOf[kind];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
