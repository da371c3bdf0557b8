import { ActionIcon, Button } from '@mantine/core';
import { IconCopy, IconX } from '@tabler/icons-react';
import { maxCellLength } from '../../../shared/model/rowBatch.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { rowsText } from '../../text/rows.ts';
import type { Field } from './previewState.ts';
import classes from './RowsPreview.module.css';

interface CellInspectorProps {
  readonly field: Field;
  readonly rowIndex: number;
  readonly value: string | null;
  readonly onClose: () => void;
}

/** What there is to know about a value beside itself. */
function factOf(value: string | null): string {
  const words = rowsText.inspector;
  if (value === null) return '';
  if (value === '') return words.empty;
  return value.length >= maxCellLength ? words.cut(maxCellLength) : words.length([...value].length);
}

/** The whole value of one cell, as it came. */
export function CellInspector({ field, rowIndex, value, onClose }: CellInspectorProps) {
  const copyText = useCopyText();
  const words = rowsText.inspector;
  return (
    <section className={classes.inspector} aria-label={words.title}>
      <header className={classes.inspectorHead}>
        <h3 className={classes.inspectorTitle}>{words.position(field.name, rowIndex + 1)}</h3>
        <span className={classes.inspectorFact}>
          {field.type}
          {value !== null && ` · ${factOf(value)}`}
        </span>
        {value !== null && (
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconCopy size={13} />}
            onClick={() => copyText(value)}
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
