import {
  IconApi,
  IconBellBolt,
  IconBolt,
  IconBraces,
  IconBroadcast,
  IconCalendarTime,
  IconEye,
  IconEyeTable,
  IconForms,
  IconFunction,
  IconList,
  IconListNumbers,
  IconPuzzle,
  IconServer2,
  IconShieldLock,
  IconStack2,
  IconSum,
  IconTable,
  IconTableRow,
  IconTableShare,
  IconTerminal2,
  IconUser,
  IconUsers,
  type TablerIcon,
} from '@tabler/icons-react';
import type { NodeKind } from '../../shared/model/schemaTree.ts';

const iconOf: Record<NodeKind, TablerIcon> = {
  table: IconTable,
  'partitioned-table': IconStack2,
  partition: IconTableRow,
  view: IconEye,
  'materialized-view': IconEyeTable,
  'foreign-table': IconTableShare,
  sequence: IconListNumbers,
  function: IconFunction,
  procedure: IconTerminal2,
  aggregate: IconSum,
  enum: IconList,
  domain: IconForms,
  type: IconBraces,
  trigger: IconBolt,
  policy: IconShieldLock,
  event: IconCalendarTime,
  extension: IconPuzzle,
  'foreign-server': IconServer2,
  publication: IconBroadcast,
  'event-trigger': IconBellBolt,
  role: IconUsers,
  account: IconUser,
  resource: IconApi,
};

/** The kind of a node as a small picture; text beside it says the same. */
export function NodeIcon({ kind, size = 15 }: { kind: NodeKind; size?: number }) {
  const Icon = iconOf[kind];
  return <Icon size={size} stroke={1.6} aria-hidden />;
}
