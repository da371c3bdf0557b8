import { memo, useMemo } from 'react';
import type { Diagram } from '../../../shared/model/diagrams.ts';
import { diagramText } from '../../text/diagram.ts';
import { visibleName } from '../schema/index.ts';
import { overlaps } from './camera.ts';
import classes from './Diagram.module.css';
import { type Focus, tableLabel } from './relations.ts';
import type { Area, Scene, SceneLink } from './scene.ts';
import { TableShape } from './TableShape.tsx';

/** Below this scale columns cannot be read, and are left out. */
const detailFrom = 0.45;
/** Size of names on the screen where there is nothing but names. */
const smallNameSize = 12;

/** Sizes of names in steps, so that zooming draws few of them anew. */
const labelSizeAt = (scale: number): number => smallNameSize / 2 ** (Math.round(Math.log2(scale) * 4) / 4);

interface LinkShapeProps {
  readonly diagram: Diagram;
  readonly shape: SceneLink;
  readonly hasDetail: boolean;
  readonly isFocused: boolean;
}

function LinkShape({ diagram, shape: { link, index, line, ends }, hasDetail, isFocused }: LinkShapeProps) {
  const nameOf = (table: number): string => visibleName(diagram.tables[table]?.name ?? '');
  const visible = (columns: readonly string[]): readonly string[] => columns.map(visibleName);
  return (
    <g className={classes.link} data-focused={isFocused} {...(!isFocused && { 'data-link': index })}>
      {!isFocused && <path className={classes.reach} d={line} />}
      <path className={classes.line} d={line} />
      {hasDetail && <path className={classes.ends} d={ends} />}
      <title>
        {diagramText.link(
          nameOf(link.from),
          visible(link.columns),
          nameOf(link.to),
          visible(link.targetColumns),
        )}
      </title>
    </g>
  );
}

export interface DrawingProps {
  /** Begins the ids of tables. */
  readonly id: string;
  readonly diagram: Diagram;
  readonly scene: Scene;
  /** What is drawn: all else is left out. */
  readonly area: Area;
  readonly scale: number;
  readonly selected: number | null;
  readonly focus: Focus | null;
}

/** The tables and links of an area. What belongs to a table that a person looks at stands out from the rest. */
function DrawnArea({ id, diagram, scene, area, scale, selected, focus }: DrawingProps) {
  const hasDetail = scale >= detailFrom;
  const labelSize = hasDetail ? 0 : labelSizeAt(scale);
  const links = scene.links.filter(({ bounds }) => overlaps(bounds, area));
  // The selected one is always there: the list names it as the one that keys go from.
  const tables = scene.tables.filter((table) => table.index === selected || overlaps(table, area));
  const labels = useMemo(
    () => scene.tables.map((table) => tableLabel(diagram, table)),
    [scene.tables, diagram],
  );
  return (
    <>
      <g className={classes.links} data-dimmed={focus !== null} aria-hidden>
        {links.map((shape) => (
          <LinkShape
            key={shape.index}
            diagram={diagram}
            shape={shape}
            hasDetail={hasDetail}
            isFocused={false}
          />
        ))}
      </g>
      {tables.map(({ index, box, x, y }) => (
        <TableShape
          key={index}
          id={`${id}-${index}`}
          index={index}
          box={box}
          x={x}
          y={y}
          label={labels[index] ?? ''}
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
              <LinkShape key={shape.index} diagram={diagram} shape={shape} hasDetail={hasDetail} isFocused />
            ))}
        </g>
      )}
    </>
  );
}

export const Drawing = memo(DrawnArea);
