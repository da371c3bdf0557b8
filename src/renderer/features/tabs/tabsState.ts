import type { StoreApi } from 'zustand/vanilla';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { Layout, Tab, TabId, TabOf } from '../../../shared/model/tabs.ts';
import type { RunningWork } from '../../lib/statusBar.ts';
import type { DiagramStart, QueryStart, RelationStart } from './newTabs.ts';
import type { Arranged, TabPlace } from './tabGroups.ts';

/** What a tab says of itself while it is open; nothing of it is kept. */
export interface TabMark {
  readonly isUnsaved: boolean;
  readonly transaction: 'open' | 'failed' | null;
  readonly isRunning: boolean;
}

/** What the first of two groups may take of the width, in per cent. */
export const splitShares = { min: 15, max: 85 };

export const noMark: TabMark = { isUnsaved: false, transaction: null, isRunning: false };

/** Asked before a tab is closed; false keeps it. */
export type TabGuard = () => Promise<boolean>;

export interface ClosedTab {
  readonly tab: Tab;
  readonly place: TabPlace;
}

/** What would be lost with the connections of a data source. */
export type Loss =
  | { readonly kind: 'transaction' | 'statement'; readonly tab: Tab }
  | { readonly kind: 'work'; readonly label: string };

/** A question of the window before a tab with something to lose is closed, or its data source disconnected. */
export type CloseQuestion = { readonly answer: (mayClose: boolean) => void } & (
  | { readonly before: 'close'; readonly tab: Tab; readonly mark: TabMark }
  | { readonly before: 'disconnect'; readonly sourceId: DataSourceId; readonly losses: readonly Loss[] }
);

/** The fields of a tab that its own content changes. */
export type TabFields = {
  [Kind in Tab['kind']]: Partial<Omit<TabOf<Kind>, 'id' | 'kind'>>;
}[Tab['kind']];

export interface TabsState extends Arranged {
  /** Width of the first group, in per cent. */
  readonly splitShare: number;
  readonly marks: Readonly<Record<TabId, TabMark>>;
  /** What was closed, the newest last. */
  readonly closed: readonly ClosedTab[];
  readonly question: CloseQuestion | null;

  readonly openQuery: (start: QueryStart) => TabId;
  readonly openRelation: (sourceId: DataSourceId, node: NodeRef, start?: RelationStart) => TabId;
  readonly openSource: (
    sourceId: DataSourceId,
    segment?: TabOf<'source'>['segment'],
    isPreview?: boolean,
  ) => TabId;
  readonly openDiagram: (sourceId: DataSourceId, start: DiagramStart) => TabId;
  /**
   * @param resource the saved one; null for a new one
   * @param text what the editor begins with; absent: as it is saved, or as it was left
   */
  readonly openResource: (
    sourceId: DataSourceId,
    resource: TabOf<'resource'>['resource'],
    text?: string,
  ) => TabId;
  readonly openRequest: (sourceId: DataSourceId, start?: { title: string; text: string }) => TabId;
  /** Of a data source there is one; a new one begins with what was looked for last. */
  readonly openSearch: (sourceId: DataSourceId) => TabId;
  readonly openHistory: () => TabId;
  readonly openLog: () => TabId;
  readonly openAlerts: () => TabId;
  readonly openPipelines: () => TabId;
  /**
   * @param pipelineId the saved one; null for a new one
   * @param text what the set-up of a new one begins with
   */
  readonly openPipeline: (
    pipelineId: TabOf<'pipeline'>['pipelineId'],
    title: string,
    segment: TabOf<'pipeline'>['segment'],
    text?: string,
  ) => TabId;
  /** @param section where it opens; absent: where it was, or at its beginning */
  readonly openSettings: (section?: TabOf<'settings'>['section']) => TabId;
  /** Changes fields of a tab. A preview stays open from then on. */
  readonly patch: (id: TabId, fields: TabFields) => void;
  readonly activate: (id: TabId) => void;
  /** Brings the next tab (1) or the previous one (-1) of the focused group to the front, around the ends. */
  readonly step: (direction: 1 | -1) => void;
  readonly focusGroup: (group: number) => void;
  readonly pin: (id: TabId, isPinned: boolean) => void;
  readonly move: (id: TabId, place: TabPlace) => void;
  /** To the end of the other group, which is made if there is one only. */
  readonly moveToOtherSide: (id: TabId) => void;
  readonly setSplitShare: (share: number) => void;
  /** Closes a tab unless its guard, or the person, keeps it. @returns whether it is closed */
  readonly close: (id: TabId) => Promise<boolean>;
  /** Closes one after the other, until one is kept. @returns whether all are closed */
  readonly closeAll: (ids: readonly TabId[]) => Promise<boolean>;
  /** Asks before a data source is disconnected in whose sessions something would be lost. */
  readonly mayDisconnect: (sourceId: DataSourceId) => Promise<boolean>;
  /** Opens what was closed last where it was, with its text. */
  readonly reopen: () => void;
  readonly setMark: (id: TabId, mark: Partial<TabMark>) => void;
  readonly setGuard: (id: TabId, guard: TabGuard | null) => void;
  /** What a tab was opened with for its content to begin with. Answers it once. */
  readonly takeStart: (id: TabId) => { readonly text?: string; readonly runs?: boolean } | null;
  /** Shows what an earlier run of the app had open, behind what was opened meanwhile. */
  readonly restore: (layout: Pick<Layout, 'groups' | 'focusedGroup' | 'splitShare'>) => void;
}

export interface TabsPorts {
  /** The content of a tab is gone for good. */
  readonly onClosed: (tab: Tab) => void;
  /** What runs in the window. */
  readonly work: () => readonly RunningWork[];
}

export interface TabsContext extends TabsPorts {
  readonly set: StoreApi<TabsState>['setState'];
  readonly get: StoreApi<TabsState>['getState'];
}

/** What the content of a tab is given. It stays mounted while the tab is open. */
export interface TabContentProps<Kind extends Tab['kind']> {
  readonly tab: TabOf<Kind>;
  /** In front of its side: what it shows is loaded and kept up to date. */
  readonly isShown: boolean;
  /** In front of the side that has the focus: keys and commands are meant for it. */
  readonly isActive: boolean;
}
