import { ActionIcon, Button, Loader, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { rowsText } from '../../text/rows.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import type { PreviewState } from './previewState.ts';
import classes from './RowsPreview.module.css';

interface PreviewStatusProps {
  readonly preview: PreviewState;
  readonly onCancel: () => void;
  readonly onReload: () => void;
}

function statusText({ progress, rows }: PreviewState): string {
  const count = rows.length;
  if (progress.status === 'loading') return count === 0 ? rowsText.loading : rowsText.loaded(count);
  if (progress.status === 'cancelled') return rowsText.cancelled(count);
  if (progress.status === 'failed') return rowsText.failed(count);
  return progress.isAll ? rowsText.allRows(count) : rowsText.firstRows(count);
}

/** How many rows are shown and whether more are coming. */
export function PreviewStatus({ preview, onCancel, onReload }: PreviewStatusProps) {
  const isLoading = preview.progress.status === 'loading';
  const isEmpty = preview.progress.status === 'ended' && preview.rows.length === 0;
  const isSlow = useIsSlow(isLoading);
  return (
    <div className={classes.status}>
      {isLoading && <Loader size={12} />}
      <span role="status" className={classes.statusText}>
        {/* The empty grid says it for all to see; here it is read aloud. */}
        {isEmpty ? <VisuallyHidden>{rowsText.noRows}</VisuallyHidden> : statusText(preview)}
      </span>
      {isLoading && isSlow && (
        <Button size="compact-xs" variant="default" onClick={onCancel}>
          {vocabulary.cancel}
        </Button>
      )}
      {!isLoading && (
        <Tooltip label={rowsText.reload}>
          <ActionIcon size="sm" aria-label={rowsText.reload} onClick={onReload}>
            <IconRefresh size={14} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
