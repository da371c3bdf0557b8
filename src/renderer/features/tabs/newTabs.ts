import type { DiagramScope } from '../../../shared/model/diagrams.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { ColumnFilter, SortKey } from '../../../shared/model/results.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { Tab, TabOf } from '../../../shared/model/tabs.ts';
import { freeName } from '../../lib/freeName.ts';
import { refOf } from '../../lib/refOf.ts';
import { tabsText } from '../../text/tabs.ts';
import { isSameObject } from '../objects/index.ts';

export interface QueryStart {
  readonly sourceId: DataSourceId | null;
  readonly title?: string;
  /** What the editor shows first. */
  readonly text?: string;
  /** Whether it is run at once. */
  readonly runs?: boolean;
  readonly file?: TabOf<'query'>['file'];
}

export interface RelationStart {
  readonly segment?: TabOf<'relation'>['segment'];
  readonly sort?: readonly SortKey[];
  readonly filters?: readonly ColumnFilter[];
  readonly isPreview?: boolean;
}

/** What a diagram is of. */
export type DiagramStart = Pick<DiagramScope, 'schema' | 'table'>;

const common = (isPreview: boolean) => ({ id: crypto.randomUUID(), isPinned: false, isPreview });

/** `query 1`, with the smallest number that no open tab has. */
function freeTitle(open: readonly Tab[]): string {
  const taken = open.flatMap((tab) => (tab.kind === 'query' ? [tab.title] : []));
  return freeName(tabsText.queryTitle, taken);
}

export function newQueryTab(start: QueryStart, open: readonly Tab[]): Tab {
  return {
    ...common(false),
    kind: 'query',
    sourceId: start.sourceId,
    title: start.title ?? start.file?.name ?? freeTitle(open),
    file: start.file ?? null,
    cursor: 0,
    topLine: 0,
    commit: 'auto',
    onError: 'stop',
    timeoutMs: null,
    editorShare: 45,
  };
}

export function newRelationTab(sourceId: DataSourceId, node: NodeRef, start: RelationStart): Tab {
  return {
    ...common(start.isPreview ?? false),
    kind: 'relation',
    sourceId,
    node: refOf(node),
    segment: start.segment ?? 'rows',
    sort: [...(start.sort ?? [])],
    filters: [...(start.filters ?? [])],
  };
}

export function newSourceTab(
  sourceId: DataSourceId,
  segment: TabOf<'source'>['segment'],
  isPreview: boolean,
): Tab {
  return { ...common(isPreview), kind: 'source', sourceId, segment };
}

export const newDiagramTab = (sourceId: DataSourceId, { schema, table }: DiagramStart): Tab => ({
  ...common(false),
  kind: 'diagram',
  sourceId,
  schema,
  table,
  distance: 1,
  // A few tables have room for all of their columns.
  columns: table === null ? 'keys' : 'all',
});

/** Whether a tab shows a diagram of the same already. */
export const showsDiagram = (tab: Tab, sourceId: DataSourceId, { schema, table }: DiagramStart): boolean =>
  tab.kind === 'diagram' && tab.sourceId === sourceId && tab.schema === schema && tab.table === table;

const startTitle = (text: string): string => (text.length > 200 ? `${text.slice(0, 199)}…` : text);

export const newResourceTab = (sourceId: DataSourceId, resource: TabOf<'resource'>['resource']): Tab => ({
  ...common(false),
  kind: 'resource',
  sourceId,
  resource,
});

export const newRequestTab = (sourceId: DataSourceId, title: string): Tab => ({
  ...common(false),
  kind: 'request',
  sourceId,
  title: startTitle(title),
});

export const newSearchTab = (sourceId: DataSourceId, query: TabOf<'search'>['query']): Tab => ({
  ...common(false),
  kind: 'search',
  sourceId,
  query,
});

export const newSettingsTab = (section: TabOf<'settings'>['section']): Tab => ({
  ...common(false),
  kind: 'settings',
  section,
});

export const newHistoryTab = (): Tab => ({ ...common(false), kind: 'history' });

export const newLogTab = (): Tab => ({ ...common(false), kind: 'log' });

export const newAlertsTab = (): Tab => ({ ...common(false), kind: 'alerts' });

export const newPipelinesTab = (): Tab => ({ ...common(false), kind: 'pipelines' });

export const newPipelineTab = (
  pipelineId: TabOf<'pipeline'>['pipelineId'],
  title: string,
  segment: TabOf<'pipeline'>['segment'],
): Tab => ({ ...common(false), kind: 'pipeline', pipelineId, title: startTitle(title), segment });

/** Whether a tab edits a saved resource already. */
export const editsResource = (
  tab: Tab,
  sourceId: DataSourceId,
  resource: TabOf<'resource'>['resource'],
): boolean =>
  tab.kind === 'resource' &&
  tab.sourceId === sourceId &&
  resource !== null &&
  tab.resource?.group === resource.group &&
  tab.resource.name === resource.name;

/** Whether a tab shows a saved pipeline already. */
export const showsPipeline = (tab: Tab, id: TabOf<'pipeline'>['pipelineId']): boolean =>
  id !== null && tab.kind === 'pipeline' && tab.pipelineId === id;

/** Whether a tab shows a relation already. With filters asked for, only one that has the very same ones. */
export function showsRelation(
  tab: Tab,
  sourceId: DataSourceId,
  node: NodeRef,
  start: RelationStart,
): boolean {
  if (tab.kind !== 'relation' || tab.sourceId !== sourceId || !isSameObject(tab.node, node)) return false;
  return start.filters === undefined || JSON.stringify(start.filters) === JSON.stringify(tab.filters);
}
