import { useStoreWhile } from '../../lib/useStoreWhile.ts';
import { chartsText } from '../../text/charts.ts';
import { type ChartData, type ChartLine, indexAt, type Span, valuesAt } from './chartData.ts';
import type { ChartGroup } from './chartGroup.ts';
import { momentText } from './chartTimes.ts';
import classes from './TimeChart.module.css';

/** What is read off a chart: at the cursor or, without one, the newest values. */
export interface Reading {
  /** Of the cursor, in seconds and in words; null without one. */
  readonly at: { readonly time: number; readonly text: string } | null;
  /** Of each line; null where nothing was measured. */
  readonly values: readonly (number | null)[];
}

interface ReadChart {
  readonly data: ChartData;
  readonly span: Span;
  readonly stepMs: number;
  readonly group: ChartGroup;
  readonly isSeen: boolean;
}

/** The values at the cursor, which stands on any chart of the group. */
export function useReading({ data, span, stepMs, group, isSeen }: ReadChart): Reading {
  const time = useStoreWhile(group.cursor, isSeen, (cursor) => cursor.time);
  const [times] = data;
  const index = time === null ? times.length - 1 : indexAt(times, time, stepMs);
  const values = valuesAt(data, index ?? -1);
  // Where something was measured, its own moment, and not the one of the pointer beside it.
  const at = time === null || index === null ? time : (times[index] ?? time);
  return { at: at === null ? null : { time: at, text: momentText(at, span) }, values };
}

export const valueText = (value: number | null, format: (value: number) => string): string =>
  value === null ? chartsText.none : format(value);

interface ChartLegendProps {
  readonly lines: readonly ChartLine[];
  readonly values: Reading['values'];
  readonly format: (value: number) => string;
}

/** The lines by colour and name, with their values. */
export function ChartLegend({ lines, values, format }: ChartLegendProps) {
  return (
    <ul className={classes.legend} data-long={lines.length > 4 || undefined}>
      {lines.map(({ key, label, color, isDashed }, index) => (
        <li key={key} className={classes.legendItem}>
          <span
            className={classes.swatch}
            data-dashed={isDashed || undefined}
            style={{ color: `var(${color})` }}
            aria-hidden
          />
          {label}
          <span className={classes.value}>{valueText(values[index] ?? null, format)}</span>
        </li>
      ))}
    </ul>
  );
}
