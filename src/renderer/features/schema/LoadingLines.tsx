import { Button, Skeleton } from '@mantine/core';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import classes from './NodeDetail.module.css';

/** Widths of the bars: uneven, as names are. */
const widths = ['72%', '64%', '80%', '56%', '69%', '61%'];

/** Stands where lines are about to be, and offers to give up when they take long. */
export function LoadingLines({ label, onCancel }: { label: string; onCancel: () => void }) {
  const isSlow = useIsSlow(true);
  return (
    <div className={classes.skeleton} role="status" aria-label={label}>
      {widths.map((width) => (
        <Skeleton key={width} height={10} width={width} radius="sm" />
      ))}
      {isSlow && (
        <Button size="xs" variant="default" onClick={onCancel}>
          {vocabulary.cancel}
        </Button>
      )}
    </div>
  );
}
