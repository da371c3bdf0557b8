import { svgText } from '../../../shared/model/plainSvg.ts';
import type { DiagramColours } from './diagramColours.ts';
import type { Area, Scene, SceneLink, SceneTable } from './scene.ts';
import { boxShape, type KeyMark } from './tableBoxes.ts';

const font = 'Inter, system-ui, Segoe UI, Helvetica, Arial, sans-serif';
const margin = 32;

type Attributes = Readonly<Record<string, string | number>>;

const number = (value: number): string => String(Math.round(value * 100) / 100);

function element(name: string, attributes: Attributes, content?: string): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? number(value) : value}"`)
    .join('');
  return content === undefined ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/** The sign of a key, in a square of 12 units around a place. */
export function keyPath(mark: Exclude<KeyMark, null>, x: number, y: number): string {
  if (mark === 'primary')
    return `M${x - 5} ${y}a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0M${x} ${y}H${x + 5}V${y + 2.5}M${x + 3} ${y}V${y + 2}`;
  if (mark === 'foreign')
    return `M${x - 4} ${y + 3.5}L${x + 3.5} ${y - 3.5}M${x - 1} ${y - 3.5}H${x + 3.5}V${y + 1}`;
  return `M${x} ${y - 4}L${x + 4} ${y}L${x} ${y + 4}L${x - 4} ${y}Z`;
}

const lineOf = ({ line }: SceneLink, { line: stroke }: DiagramColours): string =>
  element('path', { d: line, fill: 'none', stroke });

const endsOf = ({ ends }: SceneLink, { line: stroke, page: fill }: DiagramColours): string =>
  element('path', { d: ends, fill, stroke });

/** The title has round corners above only. */
export function titlePath({ x, y, width }: Area, isAlone: boolean): string {
  const { titleHeight, radius: r } = boxShape;
  const foot = isAlone
    ? `V${y + titleHeight - r}a${r} ${r} 0 0 1 -${r} ${r}H${x + r}a${r} ${r} 0 0 1 -${r} -${r}V${y + r}`
    : `V${y + titleHeight}H${x}V${y + r}`;
  return `M${x} ${y + r}a${r} ${r} 0 0 1 ${r} -${r}H${x + width - r}a${r} ${r} 0 0 1 ${r} ${r}${foot}Z`;
}

/** The baseline of a text whose middle is at this height. */
const baseline = (middle: number, size: number): number => middle + size * 0.36;

function tableOf(table: SceneTable, colours: DiagramColours): string {
  const { x, y, width, height, box } = table;
  const { titleHeight, rowHeight, padding, nameLeft, textSize, titleSize, radius } = boxShape;
  const rows = box.rows.map(({ mark, name, type, column }, at) => {
    const middle = y + titleHeight + (at + 0.5) * rowHeight;
    const line = { y: baseline(middle, textSize), 'font-size': textSize };
    const fill = column === null ? colours.dimmed : colours.text;
    return [
      mark === null
        ? ''
        : element('path', {
            ...{ d: keyPath(mark, x + 16, middle), fill: 'none' },
            stroke: mark === 'primary' ? colours.key : colours.dimmed,
          }),
      element('text', { x: x + nameLeft, ...line, fill }, svgText(name)),
      type === ''
        ? ''
        : element(
            'text',
            { x: x + width - padding, ...line, fill: colours.dimmed, 'text-anchor': 'end' },
            svgText(type),
          ),
    ].join('');
  });
  const title = { x: x + padding, y: baseline(y + titleHeight / 2, titleSize), 'font-size': titleSize };
  return element(
    'g',
    {},
    [
      element('title', {}, svgText(`${box.table.schema}.${box.table.name}`)),
      element('rect', { x, y, width, height, rx: radius, fill: colours.box, stroke: colours.border }),
      element('path', {
        d: titlePath(table, rows.length === 0),
        fill: colours.title,
        stroke: colours.border,
      }),
      element('text', { ...title, 'font-weight': 600, fill: colours.text }, svgText(box.title)),
      ...rows,
    ].join(''),
  );
}

/**
 * A diagram as a file that stands for itself: no scripts, styles or links, and other fonts where Inter is not there. All
 * names are text, whatever is in them.
 */
export function svgDocument(scene: Scene, title: string, colours: DiagramColours): string {
  const [x, y] = [scene.x - margin, scene.y - margin];
  const [width, height] = [scene.width + 2 * margin, scene.height + 2 * margin];
  const parts = [
    element('title', {}, svgText(title)),
    element('rect', { x, y, width, height, fill: colours.page }),
    ...scene.links.map((link) => lineOf(link, colours)),
    ...scene.tables.map((table) => tableOf(table, colours)),
    ...scene.links.map((link) => endsOf(link, colours)),
  ];
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    ...{ width, height },
    viewBox: [x, y, width, height].map(number).join(' '),
    'font-family': font,
    'stroke-width': 1.25,
    'stroke-linejoin': 'round',
  };
  return element('svg', attributes, parts.join(''));
}
