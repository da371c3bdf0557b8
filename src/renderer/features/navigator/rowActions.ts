import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { CatalogueNode } from '../../../shared/model/schemaTree.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import { connectionsStore } from '../connections/index.ts';
import { databasesStore } from '../databases/index.ts';
import { firstSegment, schemaStore } from '../schema/index.ts';
import { tabsStore } from '../tabs/index.ts';
import { withFolderChanged } from './arrangement.ts';
import { showsBelow } from './databaseRows.ts';
import { arrangementStore, navigatorStore } from './navigator.ts';
import { isOpenable } from './outline.ts';
import type { NavigatorRow, RowOf } from './rows.ts';
import { outlineScope } from './toggles.ts';

/** The data source that a row belongs to; null for folders and headings. */
export const sourceOf = (row: NavigatorRow | undefined): DataSourceId | null =>
  row !== undefined && 'sourceId' in row ? row.sourceId : null;

const canOpen = (id: DataSourceId): boolean =>
  isOpenable(id, { states: connectionsStore.getState().states, trees: schemaStore.getState().trees });

/** Opens or closes another database of a server. One that is not connected is connected; why that fails stands below it. */
function toggleDatabase({ key, sourceId, database }: RowOf<'database'>, isExpanded: boolean): void {
  if (database.refusal !== null) return;
  const { connect, states } = connectionsStore.getState();
  navigatorStore.getState().toggle(outlineScope, key, isExpanded);
  if (!isExpanded) return;
  if (isConnected(states[sourceId])) void schemaStore.getState().open(sourceId);
  else if (!showsBelow(states[sourceId]) || states[sourceId]?.status === 'failed') void connect(sourceId);
}

/** Opens or closes a row. Opening a data source that is not connected connects it. */
export function toggleRow(row: NavigatorRow, isExpanded: boolean): void {
  const { toggle } = navigatorStore.getState();
  switch (row.type) {
    case 'folder': {
      const { change } = arrangementStore.getState();
      void change((arrangement) => withFolderChanged(arrangement, row.folderId, { isExpanded }));
      return;
    }
    case 'source':
      if (canOpen(row.sourceId)) {
        toggle(outlineScope, row.key, isExpanded);
        if (isExpanded) void schemaStore.getState().open(row.sourceId);
      } else if (isExpanded) void connectionsStore.getState().connect(row.sourceId);
      return;
    case 'database':
      toggleDatabase(row, isExpanded);
      return;
    case 'databases':
      if (isExpanded) void databasesStore.getState().loadSizes(row.sourceId);
      toggle(outlineScope, row.key, isExpanded);
      return;
    case 'heading':
      toggle(outlineScope, row.key, isExpanded);
      return;
    case 'favourites':
    case 'schema':
    case 'group':
    case 'node':
      toggle(row.sourceId, row.key, isExpanded);
  }
}

function openNode(id: DataSourceId, node: CatalogueNode, isPreview: boolean): void {
  const segment = firstSegment(id, node);
  // One that is open already stays at what it shows.
  tabsStore.getState().openRelation(id, node, { isPreview, ...(segment !== 'rows' && { segment }) });
}

/**
 * Opens a query that begins with all rows of a node, where it has some. It is not run.
 * @param name of the node, as a statement has it
 */
export function queryNode({ sourceId, node }: RowOf<'node'>, name: string): void {
  const text = firstSegment(sourceId, node) === 'rows' ? { text: `SELECT * FROM ${name};\n` } : {};
  tabsStore.getState().openQuery({ sourceId, ...text });
}

/** What a click, Space and Enter do: opens the tab of a row, or the row itself where it has none. */
export function openRow(row: NavigatorRow, isPreview: boolean): void {
  switch (row.type) {
    case 'source':
      tabsStore.getState().openSource(row.sourceId, undefined, isPreview);
      return;
    case 'node':
      openNode(row.sourceId, row.node, isPreview);
      return;
    case 'damaged':
      tabsStore.getState().openSource(row.damagedId, undefined, isPreview);
      return;
    case 'missing':
      return;
    case 'note':
      if (row.note === 'failed' || row.note === 'cancelled' || row.note === 'refused') refreshRow(row);
      return;
    default:
      toggleRow(row, row.isExpanded !== true);
  }
}

/** What a second click does: keeps the tab, and connects a data source or opens it. */
export function openRowForGood(row: NavigatorRow): void {
  // Two clicks have opened and closed it again.
  if (row.type !== 'source' && row.type !== 'node') return;
  openRow(row, false);
  if (row.type === 'source') toggleRow(row, row.isExpanded !== true);
}

/** Reads the names of a connected data source again, and the other databases of its server. */
export function refreshNames(id: DataSourceId): void {
  void schemaStore.getState().refresh(id);
  if (databasesStore.getState().lists[id] !== undefined) void databasesStore.getState().refresh(id);
}

/** F5: reads the names again, or has an interrupted or failed connection tried now. */
export function refreshRow(row: NavigatorRow): void {
  const id = sourceOf(row);
  if (id === null) return;
  const state = connectionsStore.getState().states[id];
  const status = state?.status;
  if (isConnected(state)) refreshNames(id);
  else if (status === 'reconnecting' || status === 'open-circuit' || status === 'failed')
    void connectionsStore.getState().connect(id);
}

/** Closes everything that is open. */
export function collapseAll(): void {
  const { change } = arrangementStore.getState();
  void change((arrangement) => ({
    ...arrangement,
    folders: arrangement.folders.map((folder) => ({ ...folder, isExpanded: false })),
  }));
  navigatorStore.getState().collapseAll();
}
