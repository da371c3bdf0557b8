import {
  IconActivity,
  IconAdjustmentsHorizontal,
  IconApi,
  IconBell,
  IconChartLine,
  IconDatabase,
  IconDatabaseSearch,
  IconFileTypeSql,
  IconHistory,
  IconListDetails,
  IconReportAnalytics,
  IconRoute,
  IconSend,
  IconSettings,
  IconSitemap,
  IconTerminal2,
  type TablerIcon,
} from '@tabler/icons-react';
import type { Tab, TabOf } from '../../../shared/model/tabs.ts';
import { NodeIcon } from '../../icons/NodeIcon.tsx';

const segmentIcons: Record<TabOf<'source'>['segment'], TablerIcon> = {
  overview: IconDatabase,
  metrics: IconChartLine,
  activity: IconActivity,
  statements: IconReportAnalytics,
  settings: IconAdjustmentsHorizontal,
};

function iconOf(tab: Exclude<Tab, { kind: 'relation' }>): TablerIcon {
  if (tab.kind === 'history') return IconHistory;
  if (tab.kind === 'log') return IconListDetails;
  if (tab.kind === 'alerts') return IconBell;
  if (tab.kind === 'pipelines' || tab.kind === 'pipeline') return IconRoute;
  if (tab.kind === 'settings') return IconSettings;
  if (tab.kind === 'search') return IconDatabaseSearch;
  if (tab.kind === 'diagram') return IconSitemap;
  if (tab.kind === 'resource') return IconApi;
  if (tab.kind === 'request') return IconSend;
  if (tab.kind === 'query') return tab.file === null ? IconTerminal2 : IconFileTypeSql;
  return segmentIcons[tab.segment];
}

/** What kind of tab it is; its title stands beside it. */
export function TabIcon({ tab }: { tab: Tab }) {
  if (tab.kind === 'relation') return <NodeIcon kind={tab.node.kind} size={14} />;
  const Icon = iconOf(tab);
  return <Icon size={14} stroke={1.6} aria-hidden />;
}
