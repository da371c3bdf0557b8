/** Something with a place and a size, in the units of the diagram: pixels when it is not zoomed. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A foreign key as the layout sees it: boxes by their place in the list, and how far down each side it is fastened. */
export interface LayoutLink {
  readonly from: number;
  readonly to: number;
  readonly fromY: number;
  readonly toY: number;
}

/** What is laid out. The same graph always gets the same layout. */
export interface LayoutGraph {
  readonly boxes: readonly Size[];
  readonly links: readonly LayoutLink[];
}

export interface Layout extends Size {
  /** The upper left corner of each box. */
  readonly places: readonly Point[];
  /** The corners of each link, from the box that refers to the one that is referred to. */
  readonly routes: readonly (readonly Point[])[];
}

/** Boxes that are connected over any number of links, and the links among them. A box without links is alone. */
export interface Part {
  readonly boxes: readonly number[];
  /** By their place in the graph; those of a box to itself are not among them. */
  readonly links: readonly number[];
}

/** The connected parts of a graph, each in the order of its boxes. */
export function connectedParts({ boxes, links }: LayoutGraph): readonly Part[] {
  const parents = boxes.map((_, box) => box);
  const rootOf = (box: number): number => {
    let root = box;
    for (let parent = parents[root] ?? root; parent !== root; parent = parents[root] ?? root) {
      // Halves the way for the next one who asks.
      parents[root] = parents[parent] ?? parent;
      root = parent;
    }
    return root;
  };
  for (const { from, to } of links) {
    const [one, other] = [rootOf(from), rootOf(to)];
    parents[Math.max(one, other)] = Math.min(one, other);
  }
  const parts = new Map<number, { boxes: number[]; links: number[] }>();
  for (const box of boxes.keys()) {
    const root = rootOf(box);
    const part = parts.get(root) ?? { boxes: [], links: [] };
    part.boxes.push(box);
    parts.set(root, part);
  }
  for (const [link, { from, to }] of links.entries()) {
    if (from !== to) parts.get(rootOf(from))?.links.push(link);
  }
  return [...parts.values()];
}
