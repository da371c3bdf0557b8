import { SegmentedControl } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { IconButton } from '../../../components/IconButton.tsx';
import { gridText } from '../../../text/grid.ts';
import { inspectorText } from '../../../text/inspector.ts';
import { inspectorStore } from '../inspectorStore.ts';
import classes from './Inspector.module.css';
import { RowValue } from './RowValue.tsx';
import { ValuePane } from './ValuePane.tsx';

const words = inspectorText;

type View = 'value' | 'row';

/** The selected cell or row, whole. Fills the pane that it is put into. */
export function Inspector() {
  const target = useStore(inspectorStore, (state) => state.target);
  const [view, setView] = useState<View>('value');
  const column = target?.columns[target.column];
  return (
    <aside className={classes.inspector} aria-label={words.title}>
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          aria-label={words.title}
          value={view}
          data={[
            { value: 'value', label: words.tabs.value },
            { value: 'row', label: words.tabs.row },
          ]}
          onChange={setView}
        />
        <IconButton
          size="sm"
          label={words.close}
          shortcut="Mod+I"
          onClick={() => inspectorStore.getState().setShown(false)}
        >
          <IconX size={15} />
        </IconButton>
      </div>
      {target === null || column === undefined ? (
        <EmptyState title={words.nothing} message={words.nothingMessage} />
      ) : (
        <>
          <div className={classes.title}>
            <h2 className={classes.name}>
              {words.position(column.name === '' ? gridText.unnamed : column.name, target.row + 1)}
            </h2>
            <span className={classes.type}>{column.type}</span>
          </div>
          {view === 'value' ? <ValuePane target={target} /> : <RowValue target={target} />}
        </>
      )}
    </aside>
  );
}
