import type { DiagramColours } from './diagramColours.ts';
import type { Area, SceneTable } from './scene.ts';
import { keyPath, titlePath } from './svgDocument.ts';
import { boxShape, type TableBox } from './tableBoxes.ts';
import { textWidth } from './textWidth.ts';

/** How a table is painted. */
export interface TableLook {
  readonly colours: DiagramColours;
  readonly scale: number;
  /** Dots of the screen to one of the room. */
  readonly ratio: number;
  readonly fontFamily: string;
  /** What is seen of the diagram: lines of columns outside of it are left out. */
  readonly seen: Area;
  readonly isSelected: boolean;
}

const { titleHeight, rowHeight, padding, nameLeft, textSize, titleSize, radius } = boxShape;

/** Shapes of a box at its own place, made once. */
interface BoxPaths {
  readonly title: Path2D;
  readonly primary: Path2D;
  readonly otherMarks: Path2D;
}

const known = new WeakMap<TableBox, BoxPaths>();

function pathsOf(box: TableBox): BoxPaths {
  const found = known.get(box);
  if (found !== undefined) return found;
  const { width, height, rows } = box;
  const marks = (isPrimary: boolean): string =>
    rows
      .map(({ mark }, at) =>
        mark === null || (mark === 'primary') !== isPrimary ? '' : keyPath(mark, 16, rowMiddle(at)),
      )
      .join('');
  const paths = {
    title: new Path2D(titlePath({ x: 0, y: 0, width, height }, rows.length === 0)),
    primary: new Path2D(marks(true)),
    otherMarks: new Path2D(marks(false)),
  };
  known.set(box, paths);
  return paths;
}

const rowMiddle = (at: number): number => titleHeight + (at + 0.5) * rowHeight;

function frame(
  pen: CanvasRenderingContext2D,
  { width, height, isElsewhere }: TableBox,
  { colours, scale, isSelected }: TableLook,
): void {
  pen.strokeStyle = isSelected ? colours.accent : colours.border;
  pen.lineWidth = (isSelected ? 2 : 1) / scale;
  pen.setLineDash(isElsewhere ? [4 / scale, 3 / scale] : []);
  pen.beginPath();
  pen.roundRect(0, 0, width, height, radius);
  pen.stroke();
  pen.setLineDash([]);
}

function fill(pen: CanvasRenderingContext2D, { width, height }: TableBox, colour: string): void {
  pen.fillStyle = colour;
  pen.beginPath();
  pen.roundRect(0, 0, width, height, radius);
  pen.fill();
}

/** The lines of columns that are seen. All names and then all types: a change of font or colour costs as much as a word. */
function paintRows(pen: CanvasRenderingContext2D, { box, y }: SceneTable, look: TableLook): void {
  const { colours, seen, scale, fontFamily } = look;
  const first = Math.max(0, Math.floor((seen.y - y - titleHeight) / rowHeight));
  const rows = box.rows.slice(first, Math.ceil((seen.y + seen.height - y - titleHeight) / rowHeight));
  if (rows.length === 0) return;
  const { primary, otherMarks } = pathsOf(box);
  pen.lineWidth = 1 / scale;
  pen.strokeStyle = colours.key;
  pen.stroke(primary);
  pen.strokeStyle = colours.dimmed;
  pen.stroke(otherMarks);
  pen.font = `${textSize}px ${fontFamily}`;
  pen.textAlign = 'left';
  pen.fillStyle = colours.text;
  for (const [at, { name, column }] of rows.entries()) {
    if (column === null) pen.fillStyle = colours.dimmed;
    pen.fillText(name, nameLeft, rowMiddle(first + at));
  }
  pen.textAlign = 'right';
  pen.fillStyle = colours.dimmed;
  for (const [at, { type }] of rows.entries()) {
    if (type !== '') pen.fillText(type, box.width - padding, rowMiddle(first + at));
  }
}

/** A table with its columns. The pen stands at its place. */
export function paintTable(pen: CanvasRenderingContext2D, table: SceneTable, look: TableLook): void {
  const { box } = table;
  const { colours, fontFamily, isSelected } = look;
  fill(pen, box, colours.box);
  pen.fillStyle = isSelected ? colours.selected : colours.title;
  pen.fill(pathsOf(box).title);
  pen.fillStyle = colours.text;
  pen.textAlign = 'left';
  pen.font = `600 ${titleSize}px ${fontFamily}`;
  pen.fillText(box.title, padding, titleHeight / 2);
  paintRows(pen, table, look);
  frame(pen, box, look);
}

/** Size of names on the screen where there is nothing but names. */
const smallNameSize = 12;
/** Smaller ones cannot be read. */
const leastNameSize = 2.5;

/**
 * Writes a name into the middle of a box in sizes of the screen, in steps of half a dot: letters of the same size are drawn
 * once and kept, however the diagram is zoomed.
 */
function writeSmallName(pen: CanvasRenderingContext2D, box: TableBox, look: TableLook): void {
  const { colours, scale, ratio, fontFamily } = look;
  const byWidth = (box.width - 2 * padding) / Math.max(1, textWidth(box.title, 1) * 1.06);
  const size = Math.max(titleSize, Math.min(smallNameSize / scale, byWidth, box.height * 0.6)) * scale;
  if (size < leastNameSize) return;
  const { e, f } = pen.getTransform();
  pen.setTransform(ratio, 0, 0, ratio, e, f);
  pen.fillStyle = colours.text;
  pen.textAlign = 'center';
  pen.font = `600 ${Math.floor(size * 2) / 2}px ${fontFamily}`;
  pen.fillText(box.title, (box.width / 2) * scale, (box.height / 2) * scale);
}

/** Below this scale round corners are smaller than two dots, and plain rectangles are painted much faster. */
const roundFrom = 0.3;

/** A frame of which nobody sees that it is no line but what is left of a larger rectangle. */
function paintSquare(pen: CanvasRenderingContext2D, { width, height }: TableBox, look: TableLook): void {
  const { colours, scale, isSelected } = look;
  const line = (isSelected ? 2 : 1) / scale;
  pen.fillStyle = isSelected ? colours.accent : colours.border;
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = isSelected ? colours.selected : colours.box;
  pen.fillRect(line, line, width - 2 * line, height - 2 * line);
}

/** A table that is too small for its columns: its name, as large as its box allows. */
export function paintSmallTable(pen: CanvasRenderingContext2D, { box }: SceneTable, look: TableLook): void {
  if (look.scale < roundFrom) paintSquare(pen, box, look);
  else {
    fill(pen, box, look.isSelected ? look.colours.selected : look.colours.box);
    frame(pen, box, look);
  }
  writeSmallName(pen, box, look);
}
