import { Button, SegmentedControl, Tooltip } from '@mantine/core';
import { IconDownload, IconPlayerPause, IconPlayerPlay, IconZoomReset } from '@tabler/icons-react';
import { memo } from 'react';
import { useStore } from 'zustand';
import { momentText } from '../../components/charts/chartTimes.ts';
import { IconButton } from '../../components/IconButton.tsx';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { metricsText } from '../../text/metrics.ts';
import classes from './MetricsPanel.module.css';
import type { MetricsView } from './MetricsView.ts';
import type { RangeKey } from './metricsRanges.ts';

const { range: rangeWords } = metricsText;
const ranges: readonly RangeKey[] = ['live', 'hour', 'day', 'week'];

/** What is shown, where that is not just the range: a part of it, or how it was. */
function Shown({ view }: { view: MetricsView }) {
  const zoom = useStore(view.store, (state) => state.zoom);
  const isPaused = useStore(view.store, (state) => state.isPaused);
  const pausedAt = useStore(view.store, (state) => (state.isPaused ? (state.picture?.to ?? null) : null));
  const stepMs = useStore(view.store, (state) => state.picture?.stepMs ?? null);
  if (zoom !== null) {
    const [from, to] = [zoom.from, zoom.to].map((at) => momentText(at / 1_000, zoom));
    return (
      <>
        <span role="status" className={classes.shown}>
          {metricsText.zoomed(from ?? '', to ?? '')}
        </span>
        <Tooltip label={<ShortcutHint label={metricsText.resetZoom} shortcut="Esc" />}>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconZoomReset size={13} />}
            onClick={() => view.reset()}
          >
            {metricsText.resetZoom}
          </Button>
        </Tooltip>
      </>
    );
  }
  if (isPaused && pausedAt !== null) {
    return (
      <span role="status" className={classes.shown}>
        {metricsText.paused(momentText(pausedAt / 1_000, { from: pausedAt, to: pausedAt }))}
      </span>
    );
  }
  return <span className={classes.shown}>{stepMs !== null && metricsText.step(stepMs)}</span>;
}

interface MetricsBarProps {
  readonly view: MetricsView;
  readonly onSaveCsv: () => void;
}

/** Which stretch of time is shown, and whether it moves. */
export const MetricsBar = memo(function MetricsBar({ view, onSaveCsv }: MetricsBarProps) {
  const range = useStore(view.store, (state) => state.range);
  const isPaused = useStore(view.store, (state) => state.isPaused);
  const hasPoints = useStore(view.store, (state) => (state.picture?.points.length ?? 0) > 0);
  return (
    <div className={classes.bar}>
      <SegmentedControl
        size="xs"
        aria-label={rangeWords.label}
        value={range}
        onChange={(value) => view.choose(value)}
        data={ranges.map((value) => ({ value, label: rangeWords[value] }))}
      />
      <Shown view={view} />
      <span className={classes.gap} />
      {hasPoints && (
        <IconButton size={26} label={metricsText.saveCsv} onClick={onSaveCsv}>
          <IconDownload size={15} />
        </IconButton>
      )}
      <Tooltip label={metricsText.pauseHint}>
        <Button
          size="xs"
          variant="default"
          className={classes.pause}
          leftSection={isPaused ? <IconPlayerPlay size={13} /> : <IconPlayerPause size={13} />}
          onClick={() => view.setPaused(!isPaused)}
        >
          {isPaused ? metricsText.resume : metricsText.pause}
        </Button>
      </Tooltip>
    </div>
  );
});
