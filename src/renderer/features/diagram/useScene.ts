import { startTransition, useEffect, useMemo, useState } from 'react';
import type { Diagram } from '../../../shared/model/diagrams.ts';
import { inTurns } from './inTurns.ts';
import type { Layout, LayoutGraph } from './layout/graph.ts';
import { layoutDiagram } from './layout/layoutDiagram.ts';
import { type Moved, type Scene, sceneOf } from './scene.ts';
import { boxOf, type ColumnsShown, layoutGraphOf, type TableBox } from './tableBoxes.ts';

/** A diagram whose layout is done. */
interface Arranged {
  readonly diagram: Diagram;
  readonly boxes: readonly TableBox[];
  readonly graph: LayoutGraph;
  readonly layout: Layout;
}

/** Pauses after each table, and within the layout. */
function* arranged(diagram: Diagram, schema: string, columns: ColumnsShown): Generator<void, Arranged> {
  const boxes: TableBox[] = [];
  for (const [index, table] of diagram.tables.entries()) {
    boxes.push(boxOf(diagram, index, table, schema, columns));
    yield;
  }
  const graph = layoutGraphOf(diagram, boxes);
  yield;
  return { diagram, boxes, graph, layout: yield* layoutDiagram(graph) };
}

export interface DiagramScene {
  readonly diagram: Diagram;
  readonly scene: Scene;
  /** Another one for each layout: what was looked at before is elsewhere then. */
  readonly layout: Layout;
}

/**
 * What is drawn of a diagram, once it is laid out. While another layout is made, the last one stays.
 * @param diagram null while it is not there
 */
export function useScene(
  diagram: Diagram | null,
  schema: string,
  columns: ColumnsShown,
  moved: Moved,
): DiagramScene | null {
  const [last, setLast] = useState<Arranged | null>(null);
  useEffect(() => {
    if (diagram === null) return;
    const controller = new AbortController();
    void inTurns(arranged(diagram, schema, columns), controller.signal).then((next) => {
      if (next === null || controller.signal.aborted) return;
      startTransition(() => setLast(next));
    });
    return () => controller.abort();
  }, [diagram, schema, columns]);
  return useMemo(() => {
    if (last === null) return null;
    const { diagram: known, boxes, graph, layout } = last;
    return {
      diagram: known,
      scene: sceneOf(known, boxes, graph, layout, moved),
      layout,
    };
  }, [last, moved]);
}
