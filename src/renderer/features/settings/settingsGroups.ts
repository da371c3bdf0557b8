import type { ComponentType } from 'react';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { filterWords } from '../../lib/textRank.ts';
import { settingsText } from '../../text/settings.ts';
import { AboutGroup } from './AboutGroup.tsx';
import { AlertsGroup } from './AlertsGroup.tsx';
import { AppLockGroup } from './AppLockGroup.tsx';
import { AuditGroup } from './AuditGroup.tsx';
import { BackupsGroup } from './BackupsGroup.tsx';
import { DemoGroup } from './DemoGroup.tsx';
import { MonitoringGroup } from './MonitoringGroup.tsx';
import { PipelinesGroup } from './PipelinesGroup.tsx';
import { QueueGroup } from './QueueGroup.tsx';
import { RowLimitGroup } from './RowLimitGroup.tsx';
import { StatisticsGroup } from './StatisticsGroup.tsx';
import { ThemeGroup } from './ThemeGroup.tsx';
import { TracingGroup } from './TracingGroup.tsx';
import { VaultGroup } from './VaultGroup.tsx';

export type SettingsSection = TabOf<'settings'>['section'];

/** Settings that stand together, wherever they are shown. */
export interface SettingsEntry {
  readonly key: keyof typeof settingsText.searchWords;
  readonly section: SettingsSection;
  readonly Content: ComponentType;
}

const entries: readonly SettingsEntry[] = [
  { key: 'theme', section: 'appearance', Content: ThemeGroup },
  { key: 'rowLimit', section: 'queries', Content: RowLimitGroup },
  { key: 'statistics', section: 'queries', Content: StatisticsGroup },
  { key: 'demo', section: 'demo', Content: DemoGroup },
  { key: 'vault', section: 'security', Content: VaultGroup },
  { key: 'appLock', section: 'security', Content: AppLockGroup },
  { key: 'audit', section: 'security', Content: AuditGroup },
  { key: 'backups', section: 'security', Content: BackupsGroup },
  { key: 'monitoring', section: 'monitoring', Content: MonitoringGroup },
  { key: 'alerts', section: 'alerts', Content: AlertsGroup },
  { key: 'pipelines', section: 'pipelines', Content: PipelinesGroup },
  { key: 'queue', section: 'pipelines', Content: QueueGroup },
  { key: 'tracing', section: 'tracing', Content: TracingGroup },
  { key: 'about', section: 'about', Content: AboutGroup },
];

export const sections: readonly SettingsSection[] = [...new Set(entries.map(({ section }) => section))];

export const entriesOf = (section: SettingsSection): readonly SettingsEntry[] =>
  entries.filter((entry) => entry.section === section);

/** Those that have all words of a search in their name, their section, or what stands in them. */
export function findEntries(search: string): readonly SettingsEntry[] {
  const words = filterWords(search);
  return entries.filter(({ key, section }) => {
    const text = `${settingsText.sections[section]} ${settingsText.searchWords[key]}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
