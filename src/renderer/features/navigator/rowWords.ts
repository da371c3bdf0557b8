import { loginTextOf } from '../../../shared/engines/engines.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { formatBytes, formatCount } from '../../lib/format.ts';
import { connectionsText } from '../../text/connections.ts';
import { navigatorText } from '../../text/navigator.ts';
import { schemaText } from '../../text/schema.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { capabilitiesOf, connectionsStore } from '../connections/index.ts';
import { longRowCount, noSchema, schemaStore, shortRowCount, visibleName } from '../schema/index.ts';
import type { NavigatorRow, RowOf } from './rows.ts';

function noteText({ note, sourceId }: RowOf<'note'>): string {
  if (note === 'refused') {
    const state = connectionsStore.getState().states[sourceId];
    return navigatorText.refused(state?.status === 'failed' ? state.reason.title : '');
  }
  if (note === 'no-schemas' && capabilitiesOf(sourceId)?.requests === true)
    return navigatorText.note['no-resources'];
  if (note !== 'failed') return navigatorText.note[note];
  const names = schemaStore.getState().trees[sourceId]?.names;
  return navigatorText.loadFailed(names?.status === 'failed' ? names.error.title : '');
}

const damagedOf = ({ damagedId }: RowOf<'damaged'>) =>
  connectionsStore.getState().damaged.find(({ id }) => id === damagedId);

/** The name on a row, also for type-ahead and for assistive technology. */
export function rowName(row: NavigatorRow): string {
  switch (row.type) {
    case 'heading':
      return row.heading === 'favourites'
        ? navigatorText.favourites
        : connectionsText.damagedHeading(row.count);
    case 'folder':
      return row.name;
    case 'source':
      return connectionsStore.getState().byId[row.sourceId]?.dataSource.name ?? '';
    case 'databases':
      return navigatorText.databases;
    case 'database':
      return visibleName(row.database.name);
    case 'damaged':
      return damagedOf(row)?.name ?? connectionsText.unnamed;
    case 'schema':
      return visibleName(row.schema.name);
    case 'group':
      return schemaText.groups[row.group];
    case 'favourites':
      return navigatorText.favourites;
    case 'node':
    case 'missing':
      return visibleName(row.node.name);
    case 'note':
      return noteText(row);
  }
}

/** The figure at the right edge; null for none. */
export function rowFigure(row: NavigatorRow): string | null {
  if (row.type === 'node') return shortRowCount(row.rows);
  if (row.type === 'folder' || row.type === 'group') return formatCount(row.count);
  if (row.type === 'databases' || row.type === 'favourites') return formatCount(row.count);
  if (row.type === 'database' && row.database.refusal !== null)
    return navigatorText.databaseRefused[row.database.refusal];
  return row.type === 'schema' && row.count !== null ? formatCount(row.count) : null;
}

const joined = (parts: readonly (string | null)[], separator: string): string | undefined => {
  const said = parts.filter((part) => part !== null && part !== '');
  return said.length === 0 ? undefined : said.join(separator);
};

/** What else is to be said about a row, as its tooltip and for assistive technology. */
export function rowDescription(row: NavigatorRow): string | undefined {
  switch (row.type) {
    case 'folder':
      return navigatorText.sourceCount(row.count);
    case 'schema':
      return joined(
        [row.schema.comment, row.count === null ? null : schemaText.schemaCount(row.count)],
        '\n',
      );
    case 'node': {
      const { kind, comment, qualifier, schema } = row.node;
      const rows = row.rows === null ? null : longRowCount(row.rows);
      const place = row.isFound && schema !== noSchema ? navigatorText.inSchema(visibleName(schema)) : null;
      const beside = qualifier === undefined ? null : visibleName(qualifier);
      return joined([schemaText.kindLabel[kind], beside, place, rows, comment], '\n');
    }
    case 'note': {
      const state = row.note === 'refused' ? connectionsStore.getState().states[row.sourceId] : undefined;
      return state?.status === 'failed' ? state.reason.detail : undefined;
    }
    case 'missing':
      return joined([schemaText.kindLabel[row.node.kind], navigatorText.missing], '\n');
    case 'damaged':
      return connectionsText.problemCount(damagedOf(row)?.problems.length ?? 0);
    default:
      return undefined;
  }
}

/** The same of another database of a server. */
export function databaseDescription(
  { database }: RowOf<'database'>,
  state: SourceState,
  bytes: number | undefined,
): string | undefined {
  const { owner, encoding, comment, refusal } = database;
  return joined(
    [
      refusal === null ? connectionsText.describeState(state) : navigatorText.databaseRefusal[refusal],
      owner === null ? null : navigatorText.databaseOwner(owner),
      bytes === undefined ? null : formatBytes(bytes),
      encoding === null ? null : navigatorText.databaseEncoding(encoding),
      comment,
    ],
    '\n',
  );
}

/** The same of a data source: state, environment, whether it can be written to, folder and address, in words. */
export function sourceDescription(
  { dataSource, integrity }: DataSourceSummary,
  state: SourceState,
  folder: string | null,
): string | undefined {
  const { environment, readOnly, engine } = dataSource;
  return joined(
    [
      connectionsText.describeState(state),
      integrity === 'changed' ? connectionsText.changedOutside : null,
      environment === 'none' ? null : vocabulary.environmentLabel[environment],
      readOnly ? navigatorText.readOnly : null,
      folder === null ? null : navigatorText.inFolder(folder),
      loginTextOf(engine),
    ],
    '\n',
  );
}
