import { Loader, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCircleDashed, IconMinus, IconPlayerStop, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { formatDuration } from '../../lib/format.ts';
import { wizardText } from '../../text/wizard.ts';
import classes from './StageList.module.css';
import type { StageRow } from './testProgress.ts';

const icons: Record<StageRow['outcome'], ReactNode> = {
  waiting: <IconCircleDashed size={16} />,
  running: <Loader size={14} />,
  ok: <IconCheck size={16} />,
  skipped: <IconMinus size={16} />,
  failed: <IconX size={16} />,
  stopped: <IconPlayerStop size={16} />,
};

interface StageListProps {
  readonly rows: readonly StageRow[];
  /** By the connector's names. */
  readonly labels: Readonly<Record<string, string>>;
}

/** The stages of a test with their times. All rows stand from the beginning, so that nothing jumps. */
export function StageList({ rows, labels }: StageListProps) {
  return (
    <ol className={classes.list} aria-label={wizardText.stagesList}>
      {rows.map((row) => (
        <li key={row.name} className={classes.row} data-outcome={row.outcome}>
          <span className={classes.icon} aria-hidden>
            {icons[row.outcome]}
          </span>
          <span className={classes.name}>{labels[row.name] ?? row.name}</span>
          <VisuallyHidden>{wizardText.stageOutcome[row.outcome]}</VisuallyHidden>
          <span className={classes.note} title={row.note ?? undefined}>
            {row.note ?? (row.outcome === 'skipped' ? wizardText.stageOutcome.skipped : '')}
          </span>
          <span className={classes.duration}>
            {row.durationMs === null ? '' : formatDuration(row.durationMs)}
          </span>
        </li>
      ))}
    </ol>
  );
}
