import { memo, useMemo } from 'react';
import type { Diagram } from '../../../shared/model/diagrams.ts';
import { diagramText } from '../../text/diagram.ts';
import { visibleName } from '../schema/index.ts';
import { overlaps } from './camera.ts';
import classes from './Diagram.module.css';
import type { Focus } from './relations.ts';
import type { Area, Scene, SceneLink } from './scene.ts';
import { TableShape } from './TableShape.tsx';

/** Below this scale columns cannot be read, and are left out. */
const detailFrom = 0.5;
/** Size of names on the screen where there is nothing but names. */
const smallNameSize = 12;

/** What is drawn of an area at a scale. Sizes of names come in steps, so that zooming draws few of them anew. */
export function drawnAt({ scale, area }: { readonly scale: number; readonly area: Area }) {
  const hasDetail = scale >= detailFrom;
  const step = 2 ** (Math.round(Math.log2(scale) * 3) / 3);
  return { area, hasDetail, labelSize: hasDetail ? 0 : smallNameSize / step };
}

interface LinkShapeProps {
  readonly diagram: Diagram;
  readonly shape: SceneLink;
  /** One of those that belong to what a person looks at, above all others. */
  readonly isFocused: boolean;
  readonly hasDetail?: boolean;
}

function LinkShape({ diagram, shape, isFocused, hasDetail = true }: LinkShapeProps) {
  const { link, index, line, ends } = shape;
  const nameOf = (table: number): string => visibleName(diagram.tables[table]?.name ?? '');
  const visible = (columns: readonly string[]): readonly string[] => columns.map(visibleName);
  const name = diagramText.link(
    nameOf(link.from),
    visible(link.columns),
    nameOf(link.to),
    visible(link.targetColumns),
  );
  return (
    <g {...(!isFocused && { 'data-link': index })}>
      {!isFocused && (
        <path className={classes.reach} d={line}>
          <title>{name}</title>
        </path>
      )}
      <path className={classes.line} d={line} />
      {hasDetail && <path className={classes.ends} d={ends} />}
    </g>
  );
}

/** All links as one shape, where they are small: it is drawn much faster than hundreds, and nobody points at them. */
function SmallLinks({ links }: { links: Scene['links'] }) {
  const path = useMemo(() => links.map(({ line }) => line).join(''), [links]);
  return <path className={classes.line} d={path} />;
}

interface DrawingProps {
  readonly diagram: Diagram;
  readonly scene: Scene;
  /** What is drawn: all else is left out. */
  readonly area: Area;
  /** False where columns are too small to be read. */
  readonly hasDetail: boolean;
  /** Of names, where there is no detail. */
  readonly labelSize: number;
  readonly selected: number | null;
  readonly focus: Focus | null;
}

/** The tables and links of an area. What belongs to a table that a person looks at stands out from the rest. */
function DrawnArea(props: DrawingProps) {
  const { diagram, scene, area, hasDetail, labelSize, selected, focus } = props;
  const links = scene.links.filter(({ bounds }) => overlaps(bounds, area));
  // The selected one is always there: the list names it as the one that keys go from.
  const tables = scene.tables.filter((table) => table.index === selected || overlaps(table, area));
  return (
    <>
      <g className={classes.links} data-dimmed={focus !== null} data-small={!hasDetail} aria-hidden>
        {!hasDetail && <SmallLinks links={scene.links} />}
        {hasDetail &&
          links.map((shape) => (
            <LinkShape key={shape.index} diagram={diagram} shape={shape} isFocused={false} />
          ))}
      </g>
      {tables.map(({ index, box, x, y }) => (
        <TableShape
          key={index}
          index={index}
          box={box}
          x={x}
          y={y}
          hasDetail={hasDetail}
          labelSize={labelSize}
          isSelected={index === selected}
          isDimmed={focus !== null && !focus.tables.has(index)}
        />
      ))}
      {focus !== null && (
        <g className={classes.focusedLinks} aria-hidden>
          {links
            .filter(({ index }) => focus.links.has(index))
            .map((shape) => (
              <LinkShape key={shape.index} diagram={diagram} shape={shape} isFocused hasDetail={hasDetail} />
            ))}
        </g>
      )}
    </>
  );
}

export const Drawing = memo(DrawnArea);
