import { Button, Loader, Tooltip } from '@mantine/core';
import type { RowCount } from '../../../shared/model/schemaTree.ts';
import { useIsSlow } from '../../lib/useIsSlow.ts';
import { schemaText } from '../../text/schema.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import classes from './NodeDetail.module.css';
import { longRowCount, rowCountHint } from './rowCountText.ts';

interface RowCountControlProps {
  readonly rows: RowCount | null;
  readonly isCounting: boolean;
  readonly onCount: () => void;
  readonly onCancel: () => void;
}

/** How many rows there are, what that figure is worth, and the way to know exactly. */
export function RowCountControl({ rows, isCounting, onCount, onCancel }: RowCountControlProps) {
  const isSlow = useIsSlow(isCounting);
  return (
    <span className={classes.rowCount}>
      <Tooltip label={rowCountHint(rows)}>
        <span className={classes.rowCountValue}>{longRowCount(rows)}</span>
      </Tooltip>
      {isCounting ? (
        <>
          <Loader size={12} />
          <span role="status">{schemaText.rows.counting}</span>
          {isSlow && (
            <Button size="compact-xs" variant="default" onClick={onCancel}>
              {vocabulary.cancel}
            </Button>
          )}
        </>
      ) : (
        <Button size="compact-xs" variant="subtle" onClick={onCount}>
          {schemaText.rows.countExactly}
        </Button>
      )}
    </span>
  );
}
