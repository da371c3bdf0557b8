import { AlertsTab } from './features/alerts/index.tsx';
import { DiagramTab } from './features/diagram/index.ts';
import { LogTab } from './features/log/index.tsx';
import { PipelinesTab, PipelineTab } from './features/pipelines/index.tsx';
import { HistoryTab, QueryTab } from './features/query/index.tsx';
import { RelationTab } from './features/relation/index.ts';
import { RequestTab } from './features/requests/index.ts';
import { ResourceTab } from './features/resources/index.tsx';
import { SchemaSearchTab } from './features/schemaSearch/index.ts';
import { SettingsTab } from './features/settings/index.tsx';
import type { TabContents } from './features/tabs/index.ts';
import { SourceTab, withErrorActions } from './features/workspace/index.ts';

/** What each kind of tab shows. Their code is loaded when the first of them is opened. */
export const tabContents: TabContents = {
  query: withErrorActions(QueryTab),
  history: HistoryTab,
  log: LogTab,
  alerts: AlertsTab,
  pipelines: PipelinesTab,
  pipeline: PipelineTab,
  relation: withErrorActions(RelationTab),
  source: withErrorActions(SourceTab),
  diagram: DiagramTab,
  resource: ResourceTab,
  request: RequestTab,
  search: SchemaSearchTab,
  settings: SettingsTab,
};
