// biome-ignore-all lint/a11y/useSemanticElements: no input draws a chart
import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconChartLine, IconDots, IconPhotoDown, IconTable } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type RefObject, useMemo, useRef, useState } from 'react';
import type uPlot from 'uplot';
import { formatExactMoment } from '../../lib/format.ts';
import { chartsText } from '../../text/charts.ts';
import { ChartLegend, type Reading, useReading, valueText } from './ChartLegend.tsx';
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

interface PlotProps extends Omit<TimeChartProps, 'ref' | 'isSeen'> {
  readonly reading: Reading;
  readonly chartRef: RefObject<uPlot | null>;
}

/** The drawing. With the focus, keys move the cursor along it, and its values are read aloud. */
function Plot({ reading, chartRef, children, below, ...content }: PlotProps) {
  const { title, lines, data, span, format, group } = content;
  const roomRef = useChart(content, chartRef);
  const summary = useMemo(() => chartSummary(title, data, lines, format), [title, data, lines, format]);
  const { at, values } = reading;
  const spoken = lines.map(({ label }, index) =>
    chartsText.value(label, valueText(values[index] ?? null, format)),
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    const steps = stepsOf(event);
    if (steps === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const { time } = group.cursor.getState();
    group.cursor.setState({ time: movedTime(data, time, steps, span) });
  };
  return (
    <>
      <div className={classes.plot}>
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
          onBlur={() => group.cursor.setState({ time: null })}
        />
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
export function TimeChart({ ref, isSeen, ...props }: TimeChartProps) {
  const { title, lines, data, span, stepMs, format, group } = props;
  const chartRef = useRef<uPlot | null>(null);
  const [isTable, setIsTable] = useState(false);
  const reading = useReading({ data, span, stepMs, group, isSeen });
  const savePicture = () => {
    const [chart, root] = [chartRef.current, ref.current];
    if (chart === null || root === null) return;
    const subtitle = `${formatExactMoment(span.from)} – ${formatExactMoment(span.to)}`;
    group.savePicture({
      title,
      png: chartPicture({ canvas: chart.ctx.canvas, root, title, subtitle, lines }),
    });
  };
  return (
    <figure ref={ref} className={classes.figure}>
      <figcaption className={classes.caption}>
        <span className={classes.titleLine}>
          <span className={classes.title}>{title}</span>
          {reading.at !== null && <span className={classes.moment}>{reading.at.text}</span>}
          <ChartMenu
            title={title}
            isTable={isTable}
            onTable={() => setIsTable(!isTable)}
            onPicture={savePicture}
          />
        </span>
        {!isTable && <ChartLegend lines={lines} values={reading.values} format={format} />}
      </figcaption>
      {isTable ? (
        <ChartTable title={title} lines={lines} data={data} span={span} format={format} />
      ) : (
        <Plot {...props} reading={reading} chartRef={chartRef} />
      )}
    </figure>
  );
}
