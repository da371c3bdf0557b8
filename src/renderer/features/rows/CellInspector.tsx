import { ActionIcon, Button } from '@mantine/core';
import { IconCopy, IconX } from '@tabler/icons-react';
import { characterCount } from '../../../shared/model/characters.ts';
import { type Cell, maxCellLength, type ShortenedCell } from '../../../shared/model/rowBatch.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { notifyDone } from '../../lib/notify.tsx';
import { rowsText } from '../../text/rows.ts';
import { isShortened, textOf } from './cellText.ts';
import type { Field } from './previewState.ts';
import classes from './RowsPreview.module.css';

interface CellInspectorProps {
  readonly field: Field;
  readonly rowIndex: number;
  readonly cell: Cell;
  readonly onClose: () => void;
}

/** What there is to know about a value beside itself. */
function factOf(cell: string | ShortenedCell): string {
  const words = rowsText.inspector;
  if (cell === '') return words.empty;
  return typeof cell === 'string'
    ? words.length(characterCount(cell))
    : words.shortened(maxCellLength, cell.length);
}

/** The value of one cell, as it came: whole, or its beginning with its true length. */
export function CellInspector({ field, rowIndex, cell, onClose }: CellInspectorProps) {
  const copyText = useCopyText();
  const value = textOf(cell);
  const words = rowsText.inspector;
  return (
    <section className={classes.inspector} aria-label={words.title}>
      <header className={classes.inspectorHead}>
        <h3 className={classes.inspectorTitle}>{words.position(field.name, rowIndex + 1)}</h3>
        <span className={classes.inspectorFact}>
          {field.type}
          {cell !== null && ` · ${factOf(cell)}`}
        </span>
        {value !== null && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconCopy size={13} />}
            onClick={() =>
              copyText(value, isShortened(cell) ? () => notifyDone(rowsText.copiedShortened(1)) : undefined)
            }
          >
            {words.copy}
          </Button>
        )}
        <ActionIcon size="sm" aria-label={words.close} onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long value must be scrollable by keyboard */}
      <pre className={classes.value} tabIndex={0}>
        {value ?? <span className={classes.null}>{words.null}</span>}
      </pre>
    </section>
  );
}
