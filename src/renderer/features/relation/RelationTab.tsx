import { useEffect, useMemo, useRef, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { NodeRef } from '../../../shared/model/schemaTree.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import frame from '../../components/TabFrame.module.css';
import { call } from '../../lib/api.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { isTable } from '../../lib/isRelation.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { relationText } from '../../text/relation.ts';
import { resourcesText } from '../../text/resources.ts';
import { useCapabilities, useDataSource, useSourceState } from '../connections/index.ts';
import type { GridActions } from '../grid/index.ts';
import { useFavourite } from '../objects/index.ts';
import { copyResourceCurl, resourceActions } from '../resources/index.tsx';
import {
  actionsOf,
  DefinitionView,
  DetailPanel,
  nodeKey,
  rowsOf,
  schemaStore,
  useQuoting,
  useShownLine,
  useTree,
} from '../schema/index.ts';
import { type TabContentProps, tabsStore } from '../tabs/index.ts';
import classes from './Relation.module.css';
import { type RelationActions, RelationBar, type Segment } from './RelationBar.tsx';
import { RelationGate } from './RelationGate.tsx';
import { RowsPane } from './RowsPane.tsx';
import { StructurePane } from './StructurePane.tsx';
import { useRelationHistory } from './useRelationHistory.ts';
import { readAllRows, useTable } from './useTable.ts';

const allSegments: readonly Segment[] = ['rows', 'structure', 'definition'];

/** What somebody has described has no definition on a server. */
const resourceSegments: readonly Segment[] = ['rows', 'structure'];

/** What can be done with a resource beside looking at its rows. */
function resourceActionsOf(
  sourceId: DataSourceId,
  node: NodeRef,
): Pick<RelationActions, 'edit' | 'copyCurl'> {
  if (node.kind !== 'resource') return { edit: null, copyCurl: null };
  return {
    edit: () => resourceActions.edit(sourceId, { group: node.schema, name: node.name }),
    copyCurl: () => void copyResourceCurl(sourceId, node),
  };
}

/** Stays true from the first time on. */
function useWasEver(isNow: boolean): boolean {
  const [was, setWas] = useState(isNow);
  if (isNow && !was) setWas(true);
  return was || isNow;
}

function useRelationCommands(actions: RelationActions, isActive: boolean, hasPrevious: boolean): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const commands = useMemo((): readonly Command[] => {
    const command = (id: keyof RelationActions, title: string, shortcut?: string): Command => ({
      id: `relation.${id}`,
      title,
      group: 'grid',
      ...(shortcut !== undefined && { shortcut }),
      run: () => latest.current[id]?.(),
      isEnabled: () => latest.current[id] !== null,
    });
    return [
      command('refresh', relationText.refresh, 'F5'),
      command('find', relationText.find, 'mod+F'),
      command('save', relationText.save, 'mod+S'),
      command('loadAll', relationText.loadAll),
      command('query', relationText.query),
      command('favourite', relationText.favourite),
      command('diagram', relationText.diagram),
      command('edit', resourcesText.edit),
      command('copyCurl', resourcesText.copyCurl),
      ...(hasPrevious ? [command('back', relationText.back(''), 'alt+ArrowLeft')] : []),
    ];
  }, [hasPrevious]);
  useCommands(commands, isActive);
}

/** What a tab shows of its relation, and what it needs from the server for that. */
function useRelation(tab: TabOf<'relation'>, isShown: boolean) {
  const { id, sourceId, node, sort, filters } = tab;
  const state = useSourceState(sourceId);
  const kindActions = useTree(sourceId, (tree) => actionsOf(tree, node));
  const [revision, setRevision] = useState(0);
  // Before the names are loaded nothing is known of its kind.
  const isKnown = kindActions.length > 0;
  const usual = node.kind === 'resource' ? resourceSegments : allSegments;
  const segments = isKnown ? usual.filter((one) => kindActions.includes(one)) : usual;
  const segment = segments.includes(tab.segment) ? tab.segment : (segments[0] ?? 'structure');
  const canAsk = isConnected(state);
  const wantsRows = useWasEver(isShown && segment === 'rows');
  const wantsDetail = useWasEver(isShown && segment !== 'rows');
  const relation = { schema: node.schema, name: node.name };
  const query = { sourceId, relation, sort, filters };
  const rows = useTable(id, query, { revision, isPaused: !wantsRows || !canAsk });
  const detail = useLoadable(
    `${sourceId}\0${nodeKey(node)}`,
    (signal) => call('schema.describe', { id: sourceId, node }, { signal }),
    { revision, isPaused: !wantsDetail || !canAsk },
  );
  const { result } = rows.table;
  useEffect(() => {
    if (result?.isComplete === true && filters.length === 0) {
      schemaStore.getState().noteRowsRead(sourceId, node, result.rowCount, true);
    }
  }, [result, filters, sourceId, node]);
  const hasContent = segment === 'rows' ? result !== null : detail.loadable.status !== 'absent';
  const refresh = (): void => setRevision(revision + 1);
  const canCount = canAsk && kindActions.includes('count');
  return {
    state,
    segments,
    segment,
    rows,
    detail,
    wantsRows,
    isGated: !canAsk && !hasContent,
    canCount,
    refresh,
    revision,
  };
}

/** A relation: its rows, its structure and its definition. */
export function RelationTab({ tab, isShown, isActive }: TabContentProps<'relation'>) {
  const { id, sourceId, node, filters } = tab;
  const source = useDataSource(sourceId);
  const known = useTree(sourceId, (tree) => rowsOf(tree, node));
  const { quoteQualified } = useQuoting(sourceId);
  const shownLine = useShownLine(sourceId, node);
  const favourite = useFavourite(sourceId, node);
  const capabilities = useCapabilities(sourceId);
  const hasSql = capabilities?.sql === true;
  const gridRef = useRef<GridActions>(null);
  const history = useRelationHistory(tab);
  const { state, segments, segment, rows, detail, ...relation } = useRelation(tab, isShown);
  const actions: RelationActions = {
    back: history.back,
    refresh: relation.refresh,
    find: () => gridRef.current?.find(),
    save: () => gridRef.current?.save(),
    loadAll: () => {
      const expected = filters.length === 0 ? (known?.value ?? null) : null;
      void readAllRows(node.name, rows.table.result?.rowCount ?? 0, expected, rows.readTo);
    },
    query: hasSql
      ? () => tabsStore.getState().openQuery({ sourceId, text: `SELECT * FROM ${quoteQualified(node)}` })
      : null,
    diagram:
      capabilities?.diagrams === true && isTable(node)
        ? () => tabsStore.getState().openDiagram(sourceId, { schema: node.schema, table: node.name })
        : null,
    ...resourceActionsOf(sourceId, node),
    favourite: favourite.toggle,
  };
  useRelationCommands(actions, isActive, history.previous !== null);
  if (source === undefined) return <EmptyState title={relationText.gate.gone} />;
  const rowsPane = (
    <RowsPane
      tab={tab}
      isActive={isActive && segment === 'rows'}
      rows={rows}
      gridRef={gridRef}
      onFollow={history.follow}
      onRetry={actions.refresh}
    />
  );

  return (
    <section className={frame.tab} aria-label={node.name}>
      <RelationBar
        tab={tab}
        segments={segments}
        segment={segment}
        onSegment={(next) => tabsStore.getState().patch(id, { segment: next, isPreview: tab.isPreview })}
        previous={history.previous}
        canCount={relation.canCount}
        actions={actions}
      />
      <div className={classes.content}>
        {relation.isGated && <RelationGate sourceId={sourceId} state={state} />}
        {/* Kept while another part is shown, with its place and its selection. */}
        <div className={classes.pane} hidden={segment !== 'rows' || relation.isGated}>
          {relation.wantsRows && rowsPane}
        </div>
        {segment === 'structure' && !relation.isGated && (
          <StructurePane sourceId={sourceId} node={node} detail={detail} revision={relation.revision} />
        )}
        {segment === 'definition' && !relation.isGated && (
          <div className={classes.panel}>
            <DetailPanel detail={detail}>
              {({ definition }) => (
                <DefinitionView
                  definition={definition}
                  line={shownLine}
                  onOpen={hasSql ? (text) => void tabsStore.getState().openQuery({ sourceId, text }) : null}
                />
              )}
            </DetailPanel>
          </div>
        )}
      </div>
    </section>
  );
}
