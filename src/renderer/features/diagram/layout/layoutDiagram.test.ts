import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Layout, LayoutGraph, Point } from './graph.ts';
import { layoutDiagram } from './layoutDiagram.ts';

function layoutOf(graph: LayoutGraph): Layout {
  const work = layoutDiagram(graph);
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}

const graphs = fc
  .array(
    fc.record({ width: fc.integer({ min: 100, max: 320 }), height: fc.integer({ min: 28, max: 400 }) }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .chain((boxes) => {
    const box = fc.nat({ max: boxes.length - 1 });
    const y = fc.integer({ min: 5, max: 23 });
    const link = fc.record({ from: box, to: box, fromY: y, toY: y });
    return fc.record({ boxes: fc.constant(boxes), links: fc.array(link, { maxLength: 80 }) });
  });

const overlap = (one: Point & LayoutGraph['boxes'][number], other: Point & LayoutGraph['boxes'][number]) =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

const placed = ({ boxes }: LayoutGraph, { places }: Layout) =>
  boxes.map((box, index) => ({ ...box, ...(places[index] ?? { x: Number.NaN, y: Number.NaN }) }));

describe('layoutDiagram', () => {
  it('lets no two tables overlap, whatever refers to what', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const boxes = placed(graph, layoutOf(graph));
        for (const [index, one] of boxes.entries()) {
          for (const other of boxes.slice(index + 1)) expect(overlap(one, other)).toBe(false);
        }
      }),
    );
  });

  it('leads each link from its table to the other one, along straight lines that cross no table', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const layout = layoutOf(graph);
        const boxes = placed(graph, layout);
        for (const [index, { from, to, fromY }] of graph.links.entries()) {
          const route = layout.routes[index] ?? [];
          const [start, end, one, other] = [route[0], route.at(-1), boxes[from], boxes[to]];
          expect([one?.x, (one?.x ?? 0) + (one?.width ?? 0)]).toContain(start?.x);
          expect(start?.y).toBe((one?.y ?? 0) + fromY);
          expect([other?.x, (other?.x ?? 0) + (other?.width ?? 0)]).toContain(end?.x);
          for (const [at, corner] of route.slice(1).entries()) {
            const before = route[at] ?? corner;
            expect(before.x === corner.x || before.y === corner.y).toBe(true);
            const line = {
              x: Math.min(before.x, corner.x) + 0.5,
              y: Math.min(before.y, corner.y) + 0.5,
              width: Math.abs(before.x - corner.x) - 1,
              height: Math.abs(before.y - corner.y) - 1,
            };
            const crossed = boxes.filter(
              (box) =>
                line.x < box.x + box.width &&
                box.x < line.x + Math.max(0, line.width) &&
                line.y < box.y + box.height &&
                box.y < line.y + Math.max(0, line.height),
            );
            expect(crossed).toEqual([]);
          }
        }
      }),
    );
  });

  it('gives the same graph the same layout', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        expect(layoutOf(graph)).toEqual(layoutOf(graph));
      }),
    );
  });

  it('puts tables that others refer to on the left', () => {
    const boxes = [1, 2, 3].map(() => ({ width: 100, height: 50 }));
    const ys = { fromY: 14, toY: 14 };
    const { places } = layoutOf({
      boxes,
      links: [
        { from: 0, to: 1, ...ys },
        { from: 1, to: 2, ...ys },
      ],
    });
    const [items, orders, customers] = places.map(({ x }) => x);
    expect(customers).toBeLessThan(orders ?? 0);
    expect(orders).toBeLessThan(items ?? 0);
  });

  it('keeps a table that fifty others refer to from making one endless column', () => {
    const boxes = Array.from({ length: 51 }, () => ({ width: 200, height: 120 }));
    const links = Array.from({ length: 50 }, (_, at) => ({ from: at + 1, to: 0, fromY: 40, toY: 40 }));
    const { width, height } = layoutOf({ boxes, links });
    expect(height).toBeLessThan(2 * width);
  });

  it('does its work in small pieces, also for the largest diagram', () => {
    const boxes = Array.from({ length: 300 }, () => ({ width: 200, height: 150 }));
    const links = Array.from({ length: 600 }, (_, at) => ({
      from: (at * 7) % 300,
      to: (at * at) % 300,
      fromY: 40,
      toY: 40,
    }));
    const work = layoutDiagram({ boxes, links });
    let pieces = 1;
    while (work.next().done !== true) pieces += 1;
    expect(pieces).toBeGreaterThan(15);
  });
});
