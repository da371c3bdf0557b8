import { CopyButton } from '../../components/CopyButton.tsx';
import { errorReport } from '../../components/errorReport.ts';
import { activityText } from '../../text/activity.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import classes from './ActivityPanel.module.css';
import type { Aftermath as State } from './activityState.ts';

function textOf(aftermath: State): string {
  const words = activityText.aftermath;
  const { intervention, session } = aftermath;
  switch (aftermath.status) {
    case 'running':
      return words.running;
    case 'failed':
      return [aftermath.error.title, ...aftermath.error.fixes.slice(0, 1)].join(' · ');
    case 'done':
      return aftermath.outcome === 'sent'
        ? words.sent[intervention](session.number)
        : words.outcomes[aftermath.outcome];
  }
}

/** What became of the last intervention, in one line. */
export function Aftermath({ aftermath }: { readonly aftermath: State }) {
  const isFailed = aftermath.status === 'failed';
  return (
    <div
      className={classes.aftermath}
      role={isFailed ? 'alert' : 'status'}
      data-failed={isFailed || undefined}
    >
      <span className={classes.aftermathText}>{textOf(aftermath)}</span>
      {isFailed && (
        <CopyButton size="xs" label={vocabulary.error.copy} text={() => errorReport(aftermath.error)} />
      )}
    </div>
  );
}
