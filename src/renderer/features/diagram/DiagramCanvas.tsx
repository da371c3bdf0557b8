import { Menu, VisuallyHidden } from '@mantine/core';
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import { memo, type Ref, useCallback, useId, useImperativeHandle, useMemo, useState } from 'react';
import type { Diagram } from '../../../shared/model/diagrams.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { diagramText as words } from '../../text/diagram.ts';
import classes from './Diagram.module.css';
import { Drawing, drawnAt } from './Drawing.tsx';
import { FindTable } from './FindTable.tsx';
import type { Point } from './layout/graph.ts';
import { focusOf, type Looked } from './relations.ts';
import { movedKey, type Scene } from './scene.ts';
import { TableMenu } from './TableMenu.tsx';
import { type CameraControl, useCamera } from './useCamera.ts';
import { useDiagramKeys, zoomStep } from './useDiagramKeys.ts';
import { usePointer } from './usePointer.ts';

/** What the bar and the commands of the tab ask of the drawing. */
export interface CanvasActions {
  readonly find: () => void;
}

interface DiagramCanvasProps {
  /** Of what it is. */
  readonly name: string;
  readonly diagram: Diagram;
  readonly scene: Scene;
  readonly layout: object;
  readonly onOpen: (table: number) => void;
  readonly onDiagramOf: (table: number) => void;
  /** @param isFirst the beginning of a drag, or a step of its own */
  readonly onPlace: (table: number, place: Point, isFirst: boolean) => void;
  readonly actionsRef: Ref<CanvasActions>;
}

function ZoomControls({ camera }: { camera: CameraControl }) {
  const scale = camera.shown?.scale ?? 1;
  return (
    <div className={classes.zoom}>
      <IconButton size="sm" label={words.zoomOut} shortcut="-" onClick={() => camera.zoom(1 / zoomStep)}>
        <IconMinus size={15} />
      </IconButton>
      <button
        type="button"
        className={classes.scale}
        aria-label={words.zoomFullFrom(scale)}
        onClick={camera.zoomFull}
      >
        {words.zoom(scale)}
      </button>
      <IconButton size="sm" label={words.zoomIn} shortcut="+" onClick={() => camera.zoom(zoomStep)}>
        <IconPlus size={15} />
      </IconButton>
      <IconButton size="sm" label={words.fit} shortcut="0" onClick={camera.fit}>
        <IconArrowsMaximize size={15} />
      </IconButton>
    </div>
  );
}

/** Which table is selected and what is pointed at. Another layout may have other tables at the same places. */
function useLooked(diagram: Diagram, { tables }: Scene, layout: object) {
  const [key, setKey] = useState<string | null>(null);
  const [pointed, setPointed] = useState<Looked>(null);
  const [of, setOf] = useState(layout);
  if (of !== layout) {
    setOf(layout);
    setPointed(null);
  }
  const found = key === null ? -1 : tables.findIndex(({ box }) => movedKey(box) === key);
  const selected = found < 0 ? null : found;
  const select = (index: number | null): void => {
    const box = index === null ? undefined : tables[index]?.box;
    setKey(box === undefined ? null : movedKey(box));
  };
  const look = (next: Looked): void =>
    setPointed((before) => (before?.type === next?.type && before?.index === next?.index ? before : next));
  const type = pointed?.type ?? 'table';
  const index = pointed?.index ?? selected;
  const focus = useMemo(
    () => (index === null ? null : focusOf(diagram, { type, index })),
    [diagram, type, index],
  );
  return { selected, select, look, focus };
}

interface OptionsProps {
  readonly id: string;
  readonly tables: Scene['tables'];
  readonly selected: number | null;
}

/** All tables in words, for those who hear the diagram: the drawing holds only what is in view. */
const Options = memo(function Options({ id, tables, selected }: OptionsProps) {
  return tables.map(({ index, box }) => (
    <div key={index} role="option" id={`${id}-${index}`} aria-selected={index === selected} tabIndex={-1}>
      {box.label}
    </div>
  ));
});

/** The drawing in its room: it can be moved, zoomed, walked through by keys, and its tables be moved. */
export function DiagramCanvas(props: DiagramCanvasProps) {
  const { name, diagram, scene, layout, onOpen, onDiagramOf, onPlace, actionsRef } = props;
  const id = useId();
  const camera = useCamera(scene, layout);
  const { selected, select, look, focus } = useLooked(diagram, scene, layout);
  const [findTurn, setFindTurn] = useState(0);
  const [taken, setTaken] = useState<Point>({ x: 0, y: 0 });
  const find = useCallback((): void => setFindTurn((turn) => turn + 1), []);
  useImperativeHandle(actionsRef, () => ({ find }), [find]);
  const placeOf = (index: number): Point => {
    const { x = 0, y = 0 } = scene.tables[index] ?? {};
    return { x, y };
  };
  const keys = useDiagramKeys({
    ...{ camera, scene, selected, onOpen, onFind: find },
    onSelect: select,
    onNudge: (table, by) => {
      const { x, y } = placeOf(table);
      onPlace(table, { x: x + by.x, y: y + by.y }, true);
    },
  });
  const pointer = usePointer({
    ...{ camera, onOpen },
    isSpaceHeld: keys.isSpaceHeld,
    onLook: look,
    onSelect: select,
    onMoveBegin: (table) => {
      setTaken(placeOf(table));
      onPlace(table, placeOf(table), true);
    },
    onMove: (table, by) => onPlace(table, { x: taken.x + by.x, y: taken.y + by.y }, false),
  });
  const focusRoom = (): void => camera.roomRef.current?.focus();

  return (
    <div className={classes.stage}>
      <Menu withinPortal position="bottom-start" width={240}>
        <Menu.ContextMenu>
          <div
            ref={camera.roomRef}
            role="listbox"
            tabIndex={0}
            className={classes.room}
            aria-label={words.tables(name)}
            aria-describedby={`${id}-keys`}
            {...(selected !== null && { 'aria-activedescendant': `${id}-${selected}` })}
            data-dragged={pointer.dragged ?? undefined}
            {...keys.handlers}
            {...pointer.handlers}
            onContextMenuCapture={(event) => {
              const at = event.target instanceof Element ? event.target.closest('[data-table]') : null;
              if (at === null) event.stopPropagation();
              else select(Number(at.getAttribute('data-table')));
            }}
          >
            <VisuallyHidden role="presentation">
              <Options id={id} tables={scene.tables} selected={selected} />
            </VisuallyHidden>
            <div ref={camera.layerRef} className={classes.layer} aria-hidden>
              <svg className={classes.drawing} width={1} height={1} role="presentation">
                <g ref={camera.groupRef}>
                  {camera.shown !== null && (
                    <Drawing {...{ diagram, scene, selected, focus }} {...drawnAt(camera.shown)} />
                  )}
                </g>
              </svg>
            </div>
          </div>
        </Menu.ContextMenu>
        <TableMenu
          table={selected === null ? undefined : diagram.tables[selected]}
          onOpen={() => selected !== null && onOpen(selected)}
          onDiagram={() => selected !== null && onDiagramOf(selected)}
        />
      </Menu>
      <VisuallyHidden id={`${id}-keys`}>{words.keysHint}</VisuallyHidden>
      {findTurn > 0 && (
        <FindTable
          tables={scene.tables}
          turn={findTurn}
          onFound={(table) => {
            select(table.index);
            camera.centre(table);
          }}
          onClose={() => {
            setFindTurn(0);
            focusRoom();
          }}
        />
      )}
      <ZoomControls camera={camera} />
    </div>
  );
}
