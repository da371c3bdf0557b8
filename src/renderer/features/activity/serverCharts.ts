import type {
  ActivityFigureKey,
  ActivitySample,
  ActivityState,
} from '../../../shared/model/serverActivity.ts';
import type { LineOf } from '../../components/charts/chartData.ts';
import { formatBytes, formatDuration } from '../../lib/format.ts';
import { activityText } from '../../text/activity.ts';
import type { TrendPoint } from './activityTrend.ts';

/** A chart of what a server counts. */
export interface ServerChartKind {
  readonly key: string;
  /** The figure that it is of; null: the sessions, which every server has. */
  readonly figure: ActivityFigureKey | null;
  readonly title: string;
  readonly lines: readonly LineOf<TrendPoint>[];
  readonly format: (value: number) => string;
  readonly lowestTop?: number;
}

const words = activityText.figures;
const { count, states, rate, share } = activityText.trend;

const stateLine = (state: ActivityState, color: string): LineOf<TrendPoint> => ({
  key: state,
  label: states[state],
  color: `--chart-${color}`,
  read: ({ sessions }) => sessions[state] ?? 0,
});

const figureLine = (figure: ActivityFigureKey, label: string, color = 'first'): LineOf<TrendPoint> => ({
  key: figure,
  label,
  color: `--chart-${color}`,
  isFilled: true,
  read: ({ figures }) => figures[figure] ?? null,
});

/** A chart of one figure, named as the figure is. */
const figureChart = (
  figure: Exclude<ActivityFigureKey, 'connections'>,
  format: (value: number) => string,
  line: LineOf<TrendPoint> = figureLine(figure, activityText.trend.lines[figure]),
  lowestTop?: number,
): ServerChartKind => ({
  key: figure,
  figure,
  title: words[figure].label,
  lines: [line],
  format,
  ...(lowestTop !== undefined && { lowestTop }),
});

export const serverCharts: readonly ServerChartKind[] = [
  {
    key: 'sessions',
    figure: null,
    title: activityText.trend.sessions,
    lines: [
      { ...stateLine('active', 'first'), isFilled: true },
      stateLine('waiting', 'error'),
      stateLine('idle-in-transaction', 'warning'),
      stateLine('failed-transaction', 'third'),
      stateLine('idle', 'limit'),
    ],
    format: count,
  },
  {
    key: 'connections',
    figure: 'connections',
    title: activityText.trend.connections,
    lines: [
      figureLine('connections', activityText.trend.open),
      {
        key: 'max',
        label: activityText.trend.max,
        color: '--chart-limit',
        isDashed: true,
        isStepped: true,
        read: ({ maxConnections }) => maxConnections,
      },
    ],
    format: count,
  },
  figureChart('transactions', rate),
  figureChart('statements', rate),
  figureChart('cacheHits', share, undefined, 1),
  figureChart('replicationLag', formatDuration),
  figureChart('databaseSize', formatBytes),
];

/** Reasons for which a figure never comes, so that its chart would stay empty. */
const lasting = new Set(['missing-right', 'not-offered', 'not-replicated', 'too-slow']);

/** Why the chart of a figure is left out, in words; null: it is not. */
export function whyLeftOut({ figure, title }: ServerChartKind, { figures }: ActivitySample): string | null {
  if (figure === null) return null;
  const known = figures.find(({ key }) => key === figure);
  if (known === undefined) return '';
  const { gap, value } = known;
  if (value !== null || gap === null || !lasting.has(gap.reason)) return null;
  return `${title}: ${activityText.gapReason(gap)}`;
}
