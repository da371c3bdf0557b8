import { Menu } from '@mantine/core';
import {
  IconCopy,
  IconExternalLink,
  IconPencil,
  IconRefresh,
  IconRoute,
  IconSitemap,
  IconSql,
  IconStar,
  IconStarOff,
  IconTrash,
} from '@tabler/icons-react';
import { useCopyText } from '../../components/Clipboard.tsx';
import { isRelation, isTable } from '../../lib/isRelation.ts';
import { connectionsText } from '../../text/connections.ts';
import { navigatorText } from '../../text/navigator.ts';
import { resourcesText } from '../../text/resources.ts';
import { schemaText } from '../../text/schema.ts';
import { connectionsStore, isDatabase, useCapabilities } from '../connections/index.ts';
import { objectsStore, useFavourite } from '../objects/index.ts';
import { pipelineActions } from '../pipelines/index.tsx';
import { copyResourceCurl, resourceActions } from '../resources/index.tsx';
import { useQuoting } from '../schema/index.ts';
import { tabsStore } from '../tabs/index.ts';
import { FolderMenu, ToggleItem } from './FolderMenu.tsx';
import { MenuAction } from './MenuAction.tsx';
import { openRow, queryNode, refreshRow } from './rowActions.ts';
import type { NavigatorRow, RowOf } from './rows.ts';
import { DatabaseMenu, SourceMenu } from './SourceMenu.tsx';

/** What can be done with what a person has described. */
function ResourceItems({ row: { sourceId, node } }: { row: RowOf<'node'> }) {
  const ref = { group: node.schema, name: node.name };
  return (
    <>
      <MenuAction
        icon={IconPencil}
        label={resourcesText.edit}
        onClick={() => resourceActions.edit(sourceId, ref)}
      />
      <MenuAction label={resourcesText.duplicate} onClick={() => resourceActions.duplicate(sourceId, ref)} />
      <MenuAction label={resourcesText.copyCurl} onClick={() => void copyResourceCurl(sourceId, node)} />
      <MenuAction
        icon={IconTrash}
        label={resourcesText.remove}
        isDangerous
        onClick={() => resourceActions.remove(sourceId, ref)}
      />
    </>
  );
}

function NodeMenu({ row }: { row: RowOf<'node'> }) {
  const copyText = useCopyText();
  const { quote, quoteQualified } = useQuoting(row.sourceId);
  const capabilities = useCapabilities(row.sourceId);
  const { isFavourite, toggle } = useFavourite(row.sourceId, row.node);
  return (
    <>
      <MenuAction
        icon={IconExternalLink}
        label={navigatorText.open}
        shortcut="Enter"
        onClick={() => openRow(row, false)}
      />
      {capabilities?.sql === true && (
        <MenuAction
          icon={IconSql}
          label={navigatorText.newQuery}
          onClick={() => queryNode(row, quoteQualified(row.node))}
        />
      )}
      {(row.node.kind === 'resource' || isRelation(row.node)) && !isDatabase(row.sourceId) && (
        <MenuAction
          icon={IconRoute}
          label={navigatorText.newPipeline}
          onClick={() => pipelineActions.createFrom(row.sourceId, row.node)}
        />
      )}
      {capabilities?.diagrams === true && isTable(row.node) && (
        <MenuAction
          icon={IconSitemap}
          label={navigatorText.diagram}
          onClick={() =>
            tabsStore.getState().openDiagram(row.sourceId, { schema: row.node.schema, table: row.node.name })
          }
        />
      )}
      {row.node.kind === 'resource' && <ResourceItems row={row} />}
      <ToggleItem row={row} />
      {toggle !== null && (
        <MenuAction
          icon={isFavourite ? IconStarOff : IconStar}
          label={isFavourite ? navigatorText.removeFavourite : navigatorText.addFavourite}
          onClick={toggle}
        />
      )}
      <Menu.Divider />
      <MenuAction
        icon={IconCopy}
        label={schemaText.copyName}
        onClick={() => copyText(quote(row.node.name))}
      />
      <MenuAction label={schemaText.copyQualifiedName} onClick={() => copyText(quoteQualified(row.node))} />
    </>
  );
}

/** A favourite that is gone can be taken away. */
function MissingMenu({ row }: { row: RowOf<'missing'> }) {
  return (
    <MenuAction
      icon={IconStarOff}
      label={navigatorText.removeFavourite}
      shortcut="Delete"
      onClick={() => void objectsStore.getState().setFavourite(row.sourceId, row.node, false)}
    />
  );
}

function SchemaMenu({ row }: { row: RowOf<'schema'> }) {
  const copyText = useCopyText();
  const { quote } = useQuoting(row.sourceId);
  const capabilities = useCapabilities(row.sourceId);
  return (
    <>
      <ToggleItem row={row} />
      {capabilities?.sql === true && (
        <MenuAction
          icon={IconSql}
          label={navigatorText.newQuery}
          onClick={() => tabsStore.getState().openQuery({ sourceId: row.sourceId })}
        />
      )}
      {capabilities?.diagrams === true && (
        <MenuAction
          icon={IconSitemap}
          label={navigatorText.diagram}
          onClick={() =>
            tabsStore.getState().openDiagram(row.sourceId, { schema: row.schema.name, table: null })
          }
        />
      )}
      <MenuAction
        icon={IconCopy}
        label={schemaText.copyName}
        onClick={() => copyText(quote(row.schema.name))}
      />
    </>
  );
}

function DatabasesMenu({ row }: { row: RowOf<'databases'> }) {
  return (
    <>
      <ToggleItem row={row} />
      <MenuAction
        icon={IconRefresh}
        label={navigatorText.refresh}
        shortcut="F5"
        onClick={() => refreshRow(row)}
      />
    </>
  );
}

function DamagedMenu({ row }: { row: RowOf<'damaged'> }) {
  return (
    <>
      <MenuAction icon={IconExternalLink} label={navigatorText.open} onClick={() => openRow(row, false)} />
      <Menu.Divider />
      <MenuAction
        icon={IconTrash}
        label={connectionsText.remove}
        shortcut="Delete"
        isDangerous
        onClick={() => connectionsStore.getState().askRemove(row.damagedId)}
      />
    </>
  );
}

function RowMenu({ row }: { row: NavigatorRow }) {
  switch (row.type) {
    case 'source':
      return <SourceMenu row={row} />;
    case 'folder':
      return <FolderMenu row={row} />;
    case 'database':
      return <DatabaseMenu row={row} />;
    case 'databases':
      return <DatabasesMenu row={row} />;
    case 'node':
      return <NodeMenu row={row} />;
    case 'missing':
      return <MissingMenu row={row} />;
    case 'schema':
      return <SchemaMenu row={row} />;
    case 'damaged':
      return <DamagedMenu row={row} />;
    default:
      return <ToggleItem row={row} />;
  }
}

/** The context menu of the row that has the focus. */
export function NavigatorMenu({ row }: { row: NavigatorRow | undefined }) {
  if (row === undefined || row.type === 'note') return null;
  return (
    <Menu.Dropdown>
      <RowMenu row={row} />
    </Menu.Dropdown>
  );
}
