import { Button } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { DialogWindow } from '../../components/DialogWindow.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { Notice } from '../../components/Notice.tsx';
import frame from '../../components/TabFrame.module.css';
import { logText } from '../../text/log.ts';
import type { TabContentProps } from '../tabs/index.ts';
import { unfiltered } from './createLogStore.ts';
import classes from './Log.module.css';
import { LogBar } from './LogBar.tsx';
import { LogDetail } from './LogDetail.tsx';
import { LogList } from './LogList.tsx';
import { logDialogStore, logStore, useLog } from './log.ts';
import { OperationList } from './OperationList.tsx';
import { operationsStore } from './operations.ts';

function NoLines() {
  const isFiltered = useLog(({ filter }) => JSON.stringify(filter) !== JSON.stringify(unfiltered));
  return (
    <EmptyState
      icon={<IconListDetails size={28} stroke={1.5} />}
      title={isFiltered ? logText.noMatch : logText.empty}
      message={isFiltered ? logText.noMatchMessage : logText.emptyMessage}
      actions={
        isFiltered && (
          <Button size="xs" variant="default" onClick={() => logStore.getState().setFilter(unfiltered)}>
            {logText.clearFilter}
          </Button>
        )
      }
    />
  );
}

function Content() {
  const isEmpty = useLog((store) => store.isRead && store.lines.length + store.held.length === 0);
  const skippedCount = useLog((store) => store.skippedCount);
  const error = useLog((store) => store.error);
  if (error !== null) {
    return (
      <div className={classes.failure}>
        <ErrorPanel error={error} onRetry={logStore.getState().retry} />
      </div>
    );
  }
  if (isEmpty) return <NoLines />;
  return (
    <>
      {skippedCount > 0 && <Notice tone="warning">{logText.skipped(skippedCount)}</Notice>}
      <LogList />
      <LogDetail />
    </>
  );
}

function LogView({ isShown, isActive }: { isShown: boolean; isActive: boolean }) {
  const isOfLines = useStore(operationsStore, ({ view }) => view === 'lines');
  useEffect(() => (isShown && isOfLines ? logStore.getState().watch() : undefined), [isShown, isOfLines]);
  return (
    <div className={frame.tab}>
      <LogBar isActive={isActive} />
      {isOfLines ? <Content /> : <OperationList isShown={isShown} />}
    </div>
  );
}

/** What Mooring wrote down of what it did, the newest first, and what it writes while one looks. */
export function LogTab({ isShown, isActive }: TabContentProps<'log'>) {
  return <LogView isShown={isShown} isActive={isActive} />;
}

/** The same above a dialog, which would hide a tab. */
export function LogDialog() {
  return (
    <DialogWindow
      opened
      flush
      title={logText.title}
      size={900}
      zIndex={300}
      onClose={() => logDialogStore.setState({ isOpen: false })}
    >
      <div className={classes.dialog}>
        <LogView isShown isActive />
      </div>
    </DialogWindow>
  );
}
