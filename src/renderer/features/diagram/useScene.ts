import { startTransition, useEffect, useMemo, useState } from 'react';
import type { Diagram } from '../../../shared/model/diagrams.ts';
import { inTurns } from './inTurns.ts';
import type { Layout, LayoutGraph } from './layout/graph.ts';
import { layoutDiagram } from './layout/layoutDiagram.ts';
import { type Moved, type Scene, sceneOf } from './scene.ts';
import { boxesOf, type ColumnsShown, layoutGraphOf, type TableBox } from './tableBoxes.ts';

/** A diagram whose layout is done. */
interface Arranged {
  readonly diagram: Diagram;
  readonly boxes: readonly TableBox[];
  readonly graph: LayoutGraph;
  readonly layout: Layout;
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
  const [arranged, setArranged] = useState<Arranged | null>(null);
  useEffect(() => {
    if (diagram === null) return;
    const controller = new AbortController();
    const boxes = boxesOf(diagram, schema, columns);
    const graph = layoutGraphOf(diagram, boxes);
    void inTurns(layoutDiagram(graph), controller.signal).then((layout) => {
      if (layout === null || controller.signal.aborted) return;
      // Drawing hundreds of tables is divided into turns as well.
      startTransition(() => setArranged({ diagram, boxes, graph, layout }));
    });
    return () => controller.abort();
  }, [diagram, schema, columns]);
  return useMemo(() => {
    if (arranged === null) return null;
    const { boxes, graph, layout } = arranged;
    return {
      diagram: arranged.diagram,
      scene: sceneOf(arranged.diagram, boxes, graph, layout, moved),
      layout,
    };
  }, [arranged, moved]);
}
