import { Menu } from '@mantine/core';
import {
  IconActivity,
  IconAdjustmentsHorizontal,
  IconApi,
  IconCopy,
  IconDatabasePlus,
  IconDatabaseSearch,
  IconFileImport,
  IconForms,
  IconKey,
  IconLayoutDashboard,
  IconLink,
  IconPencil,
  IconPlugConnected,
  IconPlugConnectedX,
  IconRefresh,
  IconReportAnalytics,
  IconSend,
  IconSettings2,
  IconSql,
  IconTrash,
} from '@tabler/icons-react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { isConnected } from '../../lib/sessionOf.ts';
import { connectionsText } from '../../text/connections.ts';
import { navigatorText } from '../../text/navigator.ts';
import { resourcesText } from '../../text/resources.ts';
import { schemaText } from '../../text/schema.ts';
import {
  connectionsStore,
  copyUrl,
  openEditor,
  useCapabilities,
  useDataSource,
  useSourceState,
} from '../connections/index.ts';
import { resourceActions } from '../resources/index.tsx';
import { openSearch } from '../schemaSearch/index.ts';
import { tabsStore } from '../tabs/index.ts';
import { ArrangeMenu } from './ArrangeMenu.tsx';
import { MenuAction } from './MenuAction.tsx';
import { navigatorStore, useNavigator } from './navigator.ts';
import { refreshNames } from './rowActions.ts';
import type { RowOf } from './rows.ts';

/** What connecting is called in this state; null where there is nothing to connect. */
export function connectLabel({ status }: SourceState): string | null {
  if (status === 'reconnecting' || status === 'open-circuit') return connectionsText.tryNow;
  return status === 'idle' || status === 'closing' || status === 'failed' ? connectionsText.connect : null;
}

function ConnectItems({ id, state }: { id: DataSourceId; state: SourceState }) {
  const primary = connectLabel(state);
  const { connect, disconnect } = connectionsStore.getState();
  return (
    <>
      {primary !== null && (
        <MenuAction icon={IconPlugConnected} label={primary} onClick={() => void connect(id)} />
      )}
      {primary !== connectionsText.connect && (
        <MenuAction
          icon={IconPlugConnectedX}
          label={state.status === 'connecting' ? navigatorText.cancelConnect : connectionsText.disconnect}
          onClick={() => void disconnect(id)}
        />
      )}
    </>
  );
}

/** What there is to do with an API: single requests, and what it has to read. */
function RequestItems({ id }: { id: DataSourceId }) {
  return (
    <>
      <MenuAction
        icon={IconSend}
        label={navigatorText.newRequest}
        onClick={() => tabsStore.getState().openRequest(id)}
      />
      <MenuAction
        icon={IconApi}
        label={resourcesText.newResource}
        onClick={() => resourceActions.create(id)}
      />
      <MenuAction
        icon={IconFileImport}
        label={resourcesText.importDocument}
        onClick={() => resourceActions.importDocument(id)}
      />
      <MenuAction label={resourcesText.importFile} onClick={() => resourceActions.importFile(id)} />
      <MenuAction label={resourcesText.exportFile} onClick={() => resourceActions.exportFile(id)} />
    </>
  );
}

/** What concerns the schema of a connected data source. */
function SchemaItems({ id }: { id: DataSourceId }) {
  const showsSystem = useNavigator((store) => store.showsSystem.has(id));
  return (
    <>
      <MenuAction
        icon={IconRefresh}
        label={navigatorText.refresh}
        shortcut="F5"
        onClick={() => refreshNames(id)}
      />
      <MenuAction
        icon={IconSettings2}
        label={showsSystem ? navigatorText.hideSystem : navigatorText.showSystem}
        onClick={() => navigatorStore.getState().setShowsSystem(id, !showsSystem)}
      />
    </>
  );
}

/** What can be done with another database of a server. */
export function DatabaseMenu({ row: { sourceId: id, database } }: { row: RowOf<'database'> }) {
  const copyText = useCopyText();
  const state = useSourceState(id);
  const capabilities = useCapabilities(id);
  const copy = (
    <MenuAction icon={IconCopy} label={schemaText.copyName} onClick={() => copyText(database.name)} />
  );
  if (database.refusal !== null) return copy;
  return (
    <>
      <ConnectItems id={id} state={state} />
      {capabilities?.sql === true && (
        <MenuAction
          icon={IconSql}
          label={navigatorText.newQuery}
          onClick={() => tabsStore.getState().openQuery({ sourceId: id })}
        />
      )}
      {isConnected(state) && <SchemaItems id={id} />}
      <Menu.Divider />
      <MenuAction
        icon={IconDatabasePlus}
        label={navigatorText.addDatabase}
        onClick={() => void connectionsStore.getState().duplicate(id)}
      />
      {copy}
    </>
  );
}

/** What can be done with a data source. */
export function SourceMenu({ row }: { row: RowOf<'source'> }) {
  const id = row.sourceId;
  const state = useSourceState(id);
  const capabilities = useCapabilities(id);
  const hasSecret = Object.keys(useDataSource(id)?.secrets ?? {}).length > 0;
  const { duplicate, askRemove } = connectionsStore.getState();
  return (
    <>
      <ConnectItems id={id} state={state} />
      {capabilities?.sql === true && (
        <MenuAction
          icon={IconSql}
          label={navigatorText.newQuery}
          onClick={() => tabsStore.getState().openQuery({ sourceId: id })}
        />
      )}
      {capabilities?.requests === true && <RequestItems id={id} />}
      <MenuAction
        icon={IconLayoutDashboard}
        label={navigatorText.overview}
        onClick={() => tabsStore.getState().openSource(id)}
      />
      {capabilities?.activity === true && (
        <MenuAction
          icon={IconActivity}
          label={navigatorText.activity}
          onClick={() => tabsStore.getState().openSource(id, 'activity')}
        />
      )}
      {capabilities?.sql === true && (
        <MenuAction
          icon={IconReportAnalytics}
          label={navigatorText.statements}
          onClick={() => tabsStore.getState().openSource(id, 'statements')}
        />
      )}
      {capabilities?.serverSettings === true && (
        <MenuAction
          icon={IconAdjustmentsHorizontal}
          label={navigatorText.serverSettings}
          onClick={() => tabsStore.getState().openSource(id, 'settings')}
        />
      )}
      <MenuAction
        icon={IconDatabaseSearch}
        label={navigatorText.search}
        shortcut="Mod+Shift+D"
        onClick={() => openSearch(id)}
      />
      {isConnected(state) && <SchemaItems id={id} />}
      <Menu.Divider />
      <MenuAction
        icon={IconPencil}
        label={connectionsText.edit}
        shortcut="F4"
        onClick={() => openEditor(id)}
      />
      <MenuAction
        icon={IconForms}
        label={navigatorText.rename}
        shortcut="F2"
        onClick={() => navigatorStore.getState().setRenaming(row.key)}
      />
      <MenuAction
        icon={IconCopy}
        label={connectionsText.duplicate}
        shortcut="Mod+D"
        onClick={() => void duplicate(id)}
      />
      <MenuAction
        icon={IconLink}
        label={connectionsText.copyUrl}
        shortcut="Mod+Shift+C"
        onClick={() => void copyUrl(id, false)}
      />
      {hasSecret && (
        <MenuAction
          icon={IconKey}
          label={connectionsText.copyUrlWithPassword}
          onClick={() => void copyUrl(id, true)}
        />
      )}
      <Menu.Divider />
      <ArrangeMenu row={row} />
      <Menu.Divider />
      <MenuAction
        icon={IconTrash}
        label={connectionsText.remove}
        shortcut="Delete"
        isDangerous
        onClick={() => askRemove(id)}
      />
    </>
  );
}
