import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { latestValue } from '../../lib/loadable.ts';
import type { LoadControl } from '../../lib/useLoadable.ts';
import { schemaText } from '../../text/schema.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { LoadingLines } from './LoadingLines.tsx';
import classes from './NodeDetail.module.css';

interface DetailPanelProps<Detail> {
  readonly detail: LoadControl<Detail>;
  readonly children: (detail: Detail) => ReactNode;
}

/** Shows what was loaded about a node once it is there; else that it loads, failed or was given up. */
export function DetailPanel<Detail>({
  detail: { loadable, reload, cancel },
  children,
}: DetailPanelProps<Detail>) {
  const value = latestValue(loadable);
  const retry = (
    <Button size="xs" variant="default" onClick={reload}>
      {vocabulary.tryAgain}
    </Button>
  );
  if (loadable.status === 'failed') {
    return (
      <div className={classes.padded}>
        <ErrorPanel error={loadable.error} actions={retry} />
      </div>
    );
  }
  if (value !== null) return children(value);
  if (loadable.status === 'absent') return <EmptyState title={schemaText.loadCancelled} actions={retry} />;
  return <LoadingLines label={schemaText.loadingDetail} onCancel={cancel} />;
}
