// biome-ignore-all lint/a11y/useSemanticElements: no input draws a chart
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconChartLine, IconDots, IconPhotoDown, IconTable } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { formatExactMoment } from '../../lib/format.ts';
import { chartsText } from '../../text/charts.ts';
import { ChartLegend, useReading, valueText } from './ChartLegend.tsx';
import { ChartTable } from './ChartTable.tsx';
import { movedTime } from './chartData.ts';
import { chartPicture } from './chartPicture.ts';
import { chartSummary } from './chartSummary.ts';
import classes from './TimeChart.module.css';
import { type ChartContent, useChart } from './useChart.ts';

interface TimeChartProps extends ChartContent {
  readonly ref: RefObject<HTMLElement | null>;
  readonly title: string;
  readonly format: (value: number) => string;
  /** Whether somebody can see it: else the cursor moves without it. */
  readonly isSeen: boolean;
  /** On the plot, with its left and right edge: marks. */
  readonly children?: ReactNode;
  /** Below the plot, as wide as it. */
  readonly below?: ReactNode;
}

interface ChartMenuProps {
  readonly title: string;
  readonly isTable: boolean;
  readonly onTable: () => void;
  readonly onPicture: () => void;
}

function ChartMenu({ title, isTable, onTable, onPicture }: ChartMenuProps) {
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Tooltip label={chartsText.actions(title)}>
          <ActionIcon size={20} aria-label={chartsText.actions(title)}>
            <IconDots size={14} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={isTable ? <IconChartLine size={14} /> : <IconTable size={14} />}
          onClick={onTable}
        >
          {isTable ? chartsText.showChart : chartsText.showTable}
        </Menu.Item>
        <Menu.Item leftSection={<IconPhotoDown size={14} />} disabled={isTable} onClick={onPicture}>
          {chartsText.savePicture}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** How far a key moves the cursor, in points; null for other keys. */
function stepsOf({ key, shiftKey }: KeyboardEvent): number | null {
  const far = shiftKey ? 10 : 1;
  const steps: Record<string, number> = {
    ArrowLeft: -far,
    ArrowRight: far,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  };
  return steps[key] ?? null;
}

type ShownProps = Omit<TimeChartProps, 'ref' | 'children' | 'below'>;

/** The title, and what is read off at the cursor. Drawn with each of its moves, and so without anything else. */
function Caption({
  title,
  isTable,
  children,
  ...props
}: ShownProps & { isTable: boolean; children: ReactNode }) {
  const { at, values } = useReading(props);
  return (
    <figcaption className={classes.caption}>
      <span className={classes.titleLine}>
        <span className={classes.title}>{title}</span>
        {at !== null && <span className={classes.moment}>{at.text}</span>}
        {children}
      </span>
      {!isTable && <ChartLegend lines={props.lines} values={values} format={props.format} />}
    </figcaption>
  );
}

/** Where the chart is drawn. With the focus, keys move the cursor along it, and its values are read aloud. */
function Room({ roomRef, ...props }: ShownProps & { roomRef: RefObject<HTMLDivElement | null> }) {
  const { title, lines, data, span, format, group } = props;
  const { at, values } = useReading(props);
  const summary = useMemo(() => chartSummary(title, data, lines, format), [title, data, lines, format]);
  const spoken = lines.map(({ label }, index) =>
    chartsText.value(label, valueText(values[index] ?? null, format)),
  );
  const leave = () => group.cursor.setState({ time: null });
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = stepsOf(event);
    if (steps === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { time } = group.cursor.getState();
    group.cursor.setState({ time: movedTime(data, time, steps, span) });
  };
  return (
    <div
      ref={roomRef}
      role="slider"
      tabIndex={0}
      className={classes.canvas}
      aria-label={title}
      aria-valuemin={span.from}
      aria-valuemax={span.to}
      aria-valuenow={at === null ? span.to : at.time * 1_000}
      aria-valuetext={at === null ? summary : chartsText.atCursor(at.text, spoken)}
      onKeyDown={onKeyDown}
      onBlur={leave}
      onPointerLeave={leave}
    />
  );
}

interface PlotProps extends Omit<TimeChartProps, 'ref'> {
  readonly chartRef: RefObject<uPlot | null>;
}

/** The drawing, what stands on it and below it. */
function Plot({ chartRef, children, below, ...content }: PlotProps) {
  const roomRef = useChart(content, chartRef);
  return (
    <>
      <div className={classes.plot}>
        <Room {...content} roomRef={roomRef} />
        {children}
      </div>
      {below}
    </>
  );
}

/**
 * Lines over time. The legend shows the newest values or, below a pointer on any chart of the group, the moment and its
 * values. Dragging zooms all charts of the group, a double click shows all again.
 */
export function TimeChart({ ref, ...props }: TimeChartProps) {
  const { title, lines, data, span, format, group } = props;
  const chartRef = useRef<uPlot | null>(null);
  const [isTable, setIsTable] = useState(false);
  const savePicture = () => {
    const [chart, root] = [chartRef.current, ref.current];
    if (chart === null || root === null) return;
    const subtitle = `${formatExactMoment(span.from)} – ${formatExactMoment(span.to)}`;
    const png = chartPicture({ canvas: chart.ctx.canvas, root, title, subtitle, lines });
    group.savePicture({ title, png });
  };
  return (
    <figure ref={ref} className={classes.figure}>
      <Caption {...props} isTable={isTable}>
        <ChartMenu
          title={title}
          isTable={isTable}
          onTable={() => setIsTable(!isTable)}
          onPicture={savePicture}
        />
      </Caption>
      {isTable ? (
        <ChartTable title={title} lines={lines} data={data} span={span} format={format} />
      ) : (
        <Plot {...props} chartRef={chartRef} />
      )}
    </figure>
  );
}
