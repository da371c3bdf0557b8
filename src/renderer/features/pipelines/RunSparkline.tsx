import type { PipelineSummary } from '../../../shared/model/pipelineViews.ts';
import { roughDuration, pipelinesText as words } from '../../text/pipelines.ts';
import classes from './Pipelines.module.css';

const barWidthPx = 2;
const stepPx = 3;
const heightPx = 14;

/** The last runs as bars: as high as they took long, in the colour of how they ended. */
export function RunSparkline({ recent }: { readonly recent: PipelineSummary['recent'] }) {
  if (recent.length === 0) return null;
  const longest = Math.max(...recent.map(({ durationMs }) => durationMs));
  const label = words.recent(
    recent
      .map(({ state, durationMs, writtenCount }) =>
        words.recentRun(state, roughDuration(durationMs), writtenCount),
      )
      .join('; '),
  );
  return (
    <svg
      className={classes.sparkline}
      width={recent.length * stepPx}
      height={heightPx}
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      {recent.map(({ state, durationMs }, index) => {
        const height = Math.max(3, longest === 0 ? 0 : (durationMs / longest) * heightPx);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its place
            key={index}
            data-state={state}
            x={index * stepPx}
            y={heightPx - height}
            width={barWidthPx}
            height={height}
          />
        );
      })}
    </svg>
  );
}
