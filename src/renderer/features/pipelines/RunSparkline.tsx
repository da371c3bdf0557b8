import type { PipelineSummary } from '../../../shared/model/pipelineViews.ts';
import { Sparkline } from '../../components/Sparkline.tsx';
import { roughDuration, pipelinesText as words } from '../../text/pipelines.ts';
import classes from './Pipelines.module.css';

const leastPx = 3;

/** The last runs as bars: as high as they took long, in the colour of how they ended. */
export function RunSparkline({ recent }: { readonly recent: PipelineSummary['recent'] }) {
  if (recent.length === 0) return null;
  const texts = recent.map(({ state, durationMs, writtenCount }) =>
    words.recentRun(state, roughDuration(durationMs), writtenCount),
  );
  return (
    <Sparkline
      className={classes.sparkline}
      label={words.recent(texts.join('; '))}
      bars={recent.map(({ state, durationMs }) => ({ value: durationMs, leastPx, mark: state }))}
    />
  );
}
