import { Loader, useComputedColorScheme } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Diagram } from '../../../shared/model/diagrams.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import frame from '../../components/TabFrame.module.css';
import { call } from '../../lib/api.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { latestValue } from '../../lib/loadable.ts';
import { isConnected } from '../../lib/sessionOf.ts';
import { useLoadable } from '../../lib/useLoadable.ts';
import { diagramText as words } from '../../text/diagram.ts';
import { useSourceState } from '../connections/index.ts';
import { RelationGate } from '../relation/index.ts';
import { DetailPanel, relationNode, visibleName } from '../schema/index.ts';
import { type TabContentProps, tabsStore } from '../tabs/index.ts';
import classes from './Diagram.module.css';
import { type DiagramActions, DiagramBar } from './DiagramBar.tsx';
import { type CanvasActions, DiagramCanvas } from './DiagramCanvas.tsx';
import { documentOf, saveDiagram } from './diagramFiles.ts';
import { movedKey } from './scene.ts';
import { usePlaces } from './usePlaces.ts';
import { type DiagramScene, useScene } from './useScene.ts';

/** Commands of a diagram that is in front. */
function useDiagramCommands(actions: DiagramActions, isActive: boolean): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  const commands = useMemo((): readonly Command[] => {
    const command = (id: keyof DiagramActions, title: string, shortcut?: string): Command => ({
      id: `diagram.${id}`,
      title,
      group: 'diagram',
      ...(shortcut !== undefined && { shortcut }),
      run: () => latest.current[id]?.(),
      isEnabled: () => latest.current[id] !== null,
    });
    return [
      command('refresh', words.refresh, 'F5'),
      command('find', words.find.label, 'mod+F'),
      command('save', words.save, 'mod+S'),
      command('saveLight', words.saveLight),
      command('copy', words.copy),
      command('undoMove', words.undoMove, 'mod+Z'),
      command('resetPlaces', words.resetPlaces),
      command('schemaDiagram', words.schemaDiagram),
    ];
  }, []);
  useCommands(commands, isActive);
}

/** What the server says, once the tab has been in front. */
function useDiagram({ sourceId, schema, table, distance }: TabOf<'diagram'>) {
  const state = useSourceState(sourceId);
  const [revision, setRevision] = useState(0);
  const detail = useLoadable(
    JSON.stringify([sourceId, schema, table, distance]),
    (signal) => call('schema.diagram', { id: sourceId, scope: { schema, table, distance } }, { signal }),
    { revision, isPaused: !isConnected(state) },
  );
  const isGated = !isConnected(state) && detail.loadable.status === 'absent';
  return { state, detail, isGated, refresh: () => setRevision(revision + 1) };
}

interface PictureProps {
  readonly tab: TabOf<'diagram'>;
  readonly diagram: Diagram;
  readonly drawn: DiagramScene | null;
  readonly places: ReturnType<typeof usePlaces>;
  readonly actionsRef: React.Ref<CanvasActions>;
  readonly isActive: boolean;
}

/** The drawing, once it is arranged. */
function Picture({ tab, diagram, drawn, places, actionsRef, isActive }: PictureProps) {
  const { sourceId, schema, table } = tab;
  const name = visibleName(table ?? schema);
  if (diagram.tables.length === 0) {
    return (
      <EmptyState
        icon={<IconTable size={28} stroke={1.5} />}
        title={words.empty(name)}
        message={words.emptyMessage}
      />
    );
  }
  if (drawn === null) return <EmptyState icon={<Loader size={20} />} title={words.arranging} />;
  const refOf = (index: number) => {
    const found = drawn.diagram.tables[index];
    return found === undefined ? null : { schema: found.schema, name: found.name };
  };
  const open = (index: number): void => {
    const ref = refOf(index);
    if (ref !== null) tabsStore.getState().openRelation(sourceId, relationNode(sourceId, ref));
  };
  const openDiagram = (index: number): void => {
    const ref = refOf(index);
    if (ref !== null) tabsStore.getState().openDiagram(sourceId, { schema: ref.schema, table: ref.name });
  };
  return (
    <DiagramCanvas
      name={name}
      diagram={drawn.diagram}
      scene={drawn.scene}
      layout={drawn.layout}
      onOpen={open}
      onDiagramOf={openDiagram}
      onPlace={(index, place, isFirst) => {
        const box = drawn.scene.tables[index]?.box;
        if (box !== undefined) places.place(movedKey(box), place, isFirst);
      }}
      actionsRef={actionsRef}
      isActive={isActive}
    />
  );
}

/** The tables of a schema, or a table and its neighbours, and how they refer to each other. */
export function DiagramTab({ tab, isActive }: TabContentProps<'diagram'>) {
  const { id, sourceId, schema, table } = tab;
  const { state, detail, isGated, refresh } = useDiagram(tab);
  const diagram = latestValue(detail.loadable);
  const places = usePlaces(id);
  const drawn = useScene(diagram, schema, tab.columns, places.moved);
  const canvasRef = useRef<CanvasActions>(null);
  const copyText = useCopyText();
  const scheme = useComputedColorScheme();
  const scene = drawn !== null && drawn.diagram.tables.length > 0 ? drawn.scene : null;
  const actions: DiagramActions = {
    refresh,
    find: scene && (() => canvasRef.current?.find()),
    save: scene && (() => void saveDiagram(tab, scene, scheme)),
    saveLight: scene && (() => void saveDiagram(tab, scene, 'light')),
    copy: scene && (() => copyText(documentOf(tab, scene, scheme))),
    resetPlaces: places.reset,
    undoMove: places.undo,
    schemaDiagram:
      table === null ? null : () => void tabsStore.getState().openDiagram(sourceId, { schema, table: null }),
  };
  useDiagramCommands(actions, isActive);
  const patch = (fields: Partial<Pick<TabOf<'diagram'>, 'columns' | 'distance'>>): void =>
    tabsStore.getState().patch(id, fields);
  return (
    <section className={frame.tab} aria-label={words.label(visibleName(table ?? schema))}>
      <DiagramBar
        tab={tab}
        actions={actions}
        onColumns={(columns) => patch({ columns })}
        onDistance={(distance) => patch({ distance })}
      />
      {diagram !== null && diagram.tables.length < diagram.total && (
        <p className={classes.notice} role="note">
          {words.cut(diagram.tables.length, diagram.total, table === null)}
        </p>
      )}
      <div className={frame.room}>
        {isGated ? (
          <RelationGate sourceId={sourceId} state={state} message={words.notConnected} />
        ) : (
          <DetailPanel detail={detail}>
            {(loaded) => (
              <Picture {...{ tab, drawn, places, isActive }} diagram={loaded} actionsRef={canvasRef} />
            )}
          </DetailPanel>
        )}
      </div>
    </section>
  );
}
