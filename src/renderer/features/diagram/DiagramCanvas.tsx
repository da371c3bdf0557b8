import { Menu, VisuallyHidden } from '@mantine/core';
import { IconArrowsMaximize, IconMinus, IconPlus } from '@tabler/icons-react';
import {
  memo,
  type Ref,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useState,
} from 'react';
import type { Diagram } from '../../../shared/model/diagrams.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { diagramText as words } from '../../text/diagram.ts';
import classes from './Diagram.module.css';
import { FindTable } from './FindTable.tsx';
import { lookedAt } from './hitTest.ts';
import type { Point } from './layout/graph.ts';
import { focusOf, type Looked, linkName } from './relations.ts';
import { movedKey, type Scene } from './scene.ts';
import { TableMenu } from './TableMenu.tsx';
import { type CameraControl, useCamera } from './useCamera.ts';
import { useDiagramKeys, zoomStep } from './useDiagramKeys.ts';
import { usePainting } from './usePainting.ts';
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
  readonly isActive: boolean;
}

function ZoomControls({ camera }: { camera: CameraControl }) {
  const scale = camera.shownScale;
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
  const pointedLink = pointed?.type === 'link' ? linkName(diagram, pointed.index) : undefined;
  return { selected, select, look, focus, pointedLink };
}

/** A diagram that comes to the front has the keyboard, unless somebody types or chooses something meanwhile. */
function useFocusAtOpening(roomRef: RefObject<HTMLElement | null>, isActive: boolean): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; who comes back to it later has put the focus somewhere
  useEffect(() => {
    const focused = document.activeElement;
    const isTaken = focused?.closest('input, textarea, [contenteditable]') ?? null;
    if (isActive && isTaken === null) roomRef.current?.focus({ preventScroll: true });
  }, []);
}

interface OptionsProps {
  readonly id: string;
  readonly tables: Scene['tables'];
  readonly selected: number | null;
}

/** All tables in words, for those who hear the diagram: the drawing holds only what is in view. */
const Options = memo(function Options({ id, tables, selected }: OptionsProps) {
  return tables.map(({ index, box }) => (
    // A label costs nothing where hundreds of texts would have to be laid out.
    <div
      key={index}
      role="option"
      id={`${id}-${index}`}
      aria-label={box.label}
      aria-selected={index === selected}
      tabIndex={-1}
    />
  ));
});

/** The drawing in its room: it can be moved, zoomed, walked through by keys, and its tables be moved. */
export function DiagramCanvas(props: DiagramCanvasProps) {
  const { name, diagram, scene, layout, onOpen, onDiagramOf, onPlace, actionsRef, isActive } = props;
  const id = useId();
  const camera = useCamera(scene, layout);
  const { selected, select, look, focus, pointedLink } = useLooked(diagram, scene, layout);
  const canvasRef = usePainting(camera, { scene, selected, focus });
  const lookAt = (event: { clientX: number; clientY: number }): Looked =>
    lookedAt({ scene, selected }, camera.pointedPlace(event), camera.scale());
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
    lookedAt: lookAt,
    onLook: look,
    onSelect: select,
    onMoveBegin: (table) => {
      setTaken(placeOf(table));
      onPlace(table, placeOf(table), true);
    },
    onMove: (table, by) => onPlace(table, { x: taken.x + by.x, y: taken.y + by.y }, false),
  });
  const focusRoom = (): void => camera.roomRef.current?.focus();
  useFocusAtOpening(camera.roomRef, isActive);

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
            title={pointedLink}
            data-dragged={pointer.dragged ?? undefined}
            {...keys.handlers}
            {...pointer.handlers}
            onContextMenuCapture={(event) => {
              const at = lookAt(event);
              if (at?.type !== 'table') event.stopPropagation();
              else select(at.index);
            }}
          >
            <VisuallyHidden role="presentation">
              <Options id={id} tables={scene.tables} selected={selected} />
            </VisuallyHidden>
            <canvas ref={canvasRef} className={classes.drawing} aria-hidden />
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
