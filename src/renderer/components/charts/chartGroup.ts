import { type ChartCursor, createChartCursor } from '../../lib/chartCursor.ts';
import type { Span } from './chartData.ts';

/** A chart as a file. */
export interface ChartPicture {
  readonly title: string;
  /** A PNG, in base64. */
  readonly png: string;
}

interface GroupActions {
  /** Shows another stretch of time, in all charts. */
  readonly zoom: (span: Span) => void;
  /** Shows all again. */
  readonly reset: () => void;
  readonly savePicture: (picture: ChartPicture) => void;
}

/** What charts that stand together share: one cursor, and one stretch of time. */
export interface ChartGroup extends GroupActions {
  readonly cursor: ChartCursor;
}

export const createChartGroup = (actions: GroupActions): ChartGroup => ({
  ...actions,
  cursor: createChartCursor(),
});
