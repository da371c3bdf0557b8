import { Button } from '@mantine/core';
import { useRef, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { RelationRef } from '../../../shared/model/schemaTree.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { rowsText } from '../../text/rows.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { CellInspector } from './CellInspector.tsx';
import type { GridSelection } from './gridSelection.ts';
import { PreviewStatus } from './PreviewStatus.tsx';
import type { PreviewState } from './previewState.ts';
import { RowsGrid } from './RowsGrid.tsx';
import classes from './RowsPreview.module.css';
import { useRowsPreview } from './useRowsPreview.ts';

interface RowsPreviewProps {
  readonly sourceId: DataSourceId;
  readonly relation: RelationRef;
  /** Reads again when it grows. */
  readonly revision: number;
  /** Called when reading ended well: how many rows there are, or, if not all, how many were read. */
  readonly onRead: (count: number, isAll: boolean) => void;
}

/** The grid with the whole value of one cell below it on demand. */
function PreviewBody({ preview, label }: { preview: PreviewState; label: string }) {
  const [selection, setSelection] = useState<GridSelection | null>(null);
  const [isInspecting, setIsInspecting] = useState(false);
  const gridRef = useRef<HTMLDivElement>(null);
  const { fields, rows } = preview;
  const selected = selection?.active ?? null;
  const field = selected === null ? undefined : fields?.[selected.column];
  const row = selected === null ? undefined : rows[selected.row];
  const close = (): void => {
    setIsInspecting(false);
    gridRef.current?.focus();
  };

  if (fields === null) return null;
  if (fields.length === 0) return <EmptyState title={rowsText.noColumns(rows.length)} />;
  if (rows.length === 0 && preview.progress.status === 'ended') {
    return <EmptyState title={rowsText.noRows} message={rowsText.noRowsMessage} />;
  }
  return (
    // Escape closes the value, wherever the focus is inside, before the grid takes its selection back.
    <div
      className={classes.body}
      onKeyDownCapture={(event) => {
        if (event.key !== 'Escape' || !isInspecting) return;
        event.stopPropagation();
        close();
      }}
    >
      <RowsGrid
        label={label}
        fields={fields}
        rows={rows}
        selection={selection}
        onSelect={setSelection}
        onInspect={() => setIsInspecting(true)}
        gridRef={gridRef}
      />
      {isInspecting && selected !== null && field !== undefined && row !== undefined && (
        <CellInspector
          field={field}
          rowIndex={selected.row}
          cell={row[selected.column] ?? null}
          onClose={close}
        />
      )}
    </div>
  );
}

/** The first rows of a relation, as text. */
export function RowsPreview({ sourceId, relation, revision, onRead }: RowsPreviewProps) {
  const { preview, reload, cancel } = useRowsPreview(sourceId, relation, { revision, onRead });
  const { progress, fields } = preview;
  const retry = (
    <Button size="xs" variant="default" onClick={reload}>
      {vocabulary.tryAgain}
    </Button>
  );
  return (
    <div className={classes.preview}>
      <PreviewStatus preview={preview} onCancel={cancel} onReload={reload} />
      {progress.status === 'failed' && (
        <div className={fields === null ? classes.message : classes.failure}>
          <ErrorPanel error={progress.error} actions={retry} />
        </div>
      )}
      {progress.status === 'cancelled' && fields === null && (
        <EmptyState title={rowsText.cancelledTitle} actions={retry} />
      )}
      <PreviewBody preview={preview} label={rowsText.grid(relation.name)} />
    </div>
  );
}
