import { Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore, rescueFocus } from '../connections/index.ts';
import { FailureActions } from './FailureActions.tsx';
import type { Notice } from './useNotice.ts';
import classes from './Workspace.module.css';

interface WarningProps {
  readonly notice: Extract<Notice, { type: 'warning' }>;
  readonly onTryNow: () => void;
}

/** One line on what is wrong while the app heals it by itself; all of it on demand. */
function Warning({ notice: { reason, retry }, onTryNow }: WarningProps) {
  const [showsDetails, setShowsDetails] = useState(false);
  const isWaiting = retry === 'waiting';
  const tryNow = () => {
    if (isWaiting) onTryNow();
  };
  useRefreshCommand(tryNow);
  return (
    <>
      <div className={classes.warning}>
        <IconAlertTriangle size={16} className={classes.warningIcon} aria-hidden />
        <span className={classes.warningText}>
          {retry === 'none' ? vocabulary.notWell(reason.title) : reason.title}
        </span>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={showsDetails}
          onClick={() => setShowsDetails(!showsDetails)}
        >
          {workspaceText.details}
        </Button>
        {retry !== 'none' && (
          <Tooltip label={<ShortcutHint label={workspaceText.tryNow} shortcut="F5" />}>
            {/* Not really disabled while an attempt runs: the keyboard would lose its place. */}
            <Button
              size="compact-sm"
              variant="default"
              data-disabled={!isWaiting}
              aria-disabled={!isWaiting}
              onClick={tryNow}
            >
              {workspaceText.tryNow}
            </Button>
          </Tooltip>
        )}
      </div>
      {showsDetails && (
        <div className={classes.reason}>
          <ErrorPanel error={reason} isTitled />
        </div>
      )}
    </>
  );
}

/** Notices go by themselves: one that had the focus leaves it to the list. */
function useFocusLeft() {
  const ref = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const notice = ref.current;
    return () => {
      if (notice?.contains(document.activeElement)) rescueFocus();
    };
  }, []);
  return ref;
}

/** What is wrong with the connection and what can be done, below the header. */
export function StateNotice({ id, notice }: { id: DataSourceId; notice: Notice }) {
  const ref = useFocusLeft();
  return (
    <section ref={ref} className={classes.notice}>
      <VisuallyHidden component="h2">{workspaceText.problem}</VisuallyHidden>
      {notice.type === 'failure' ? (
        <ErrorPanel error={notice.reason} actions={<FailureActions id={id} reason={notice.reason} />} />
      ) : (
        <Warning notice={notice} onTryNow={() => void connectionsStore.getState().connect(id)} />
      )}
    </section>
  );
}
