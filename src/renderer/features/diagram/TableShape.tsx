import { memo } from 'react';
import classes from './Diagram.module.css';
import { keyPath, titlePath } from './svgDocument.ts';
import { type BoxRow, boxShape, type TableBox } from './tableBoxes.ts';
import { textWidth } from './textWidth.ts';

const { titleHeight, rowHeight, padding, nameLeft, textSize, titleSize, radius } = boxShape;

/** The name of a table that is too small for its columns: as large as its box allows. */
function SmallName({ box, labelSize }: { box: TableBox; labelSize: number }) {
  const byWidth = (box.width - 2 * padding) / Math.max(1, textWidth(box.title, 1) * 1.06);
  const size = Math.max(titleSize, Math.min(labelSize, byWidth, box.height * 0.6));
  return (
    <text className={classes.name} x={box.width / 2} y={box.height / 2} fontSize={size} data-middle>
      {box.title}
    </text>
  );
}

function Row({
  row: { column, mark, name, type, isOptional },
  at,
  width,
}: {
  row: BoxRow;
  at: number;
  width: number;
}) {
  const middle = titleHeight + (at + 0.5) * rowHeight;
  return (
    <>
      {mark !== null && <path className={classes.mark} data-mark={mark} d={keyPath(mark, 16, middle)} />}
      <text
        className={classes.column}
        data-optional={isOptional}
        data-rest={column === null}
        x={nameLeft}
        y={middle}
        fontSize={textSize}
      >
        {name}
      </text>
      {type !== '' && (
        <text className={classes.type} x={width - padding} y={middle} fontSize={textSize}>
          {type}
        </text>
      )}
    </>
  );
}

export interface TableShapeProps {
  readonly index: number;
  readonly box: TableBox;
  readonly x: number;
  readonly y: number;
  /** False where columns are too small to be read. */
  readonly hasDetail: boolean;
  /** Of the name, where there is no detail. */
  readonly labelSize: number;
  readonly isSelected: boolean;
  readonly isDimmed: boolean;
}

/** A table with its columns. */
export const TableShape = memo(function TableShape(props: TableShapeProps) {
  const { index, box, x, y, hasDetail, labelSize, isSelected, isDimmed } = props;
  const { width, height, rows, title } = box;
  const area = { x: 0, y: 0, width, height };
  return (
    <g
      className={classes.table}
      data-table={index}
      data-elsewhere={box.isElsewhere}
      data-selected={isSelected}
      data-dimmed={isDimmed}
      transform={`translate(${x} ${y})`}
    >
      {hasDetail ? (
        <>
          <rect className={classes.box} width={width} height={height} rx={radius} />
          <path className={classes.title} d={titlePath(area, rows.length === 0)} />
          <text className={classes.name} x={padding} y={titleHeight / 2} fontSize={titleSize}>
            {title}
          </text>
          {rows.map((row, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
            <Row key={at} row={row} at={at} width={width} />
          ))}
          <rect className={classes.frame} width={width} height={height} rx={radius} />
        </>
      ) : (
        <>
          <rect className={`${classes.box} ${classes.frame}`} width={width} height={height} rx={radius} />
          <SmallName box={box} labelSize={labelSize} />
        </>
      )}
    </g>
  );
});
