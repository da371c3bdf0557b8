import { Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconKey } from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { useRefreshCommand } from '../../lib/useRefreshCommand.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore, rescueFocus } from '../connections/index.ts';
import { FailureActions } from './FailureActions.tsx';
import classes from './SourceTab.module.css';
import type { Notice } from './useNotice.ts';

interface WarningProps {
  readonly id: DataSourceId;
  readonly notice: Extract<Notice, { type: 'warning' }>;
  readonly isActive: boolean;
  readonly onTryNow: () => void;
}

/** One line on what is wrong while the app heals it by itself; all of it on demand. */
function Warning({ id, notice: { reason, retry }, isActive, onTryNow }: WarningProps) {
  const [showsDetails, setShowsDetails] = useState(false);
  const isWaiting = retry === 'waiting';
  const tryNow = () => {
    if (isWaiting) onTryNow();
  };
  useRefreshCommand(tryNow, isActive);
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
        {retry === 'none' && <FailureActions id={id} reason={reason} isPartial />}
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

/** The server wants a password that is not saved: nothing is wrong. */
function PasswordNotice({ id, reason }: { id: DataSourceId; reason: ErrorDto }) {
  return (
    <div className={classes.question}>
      <IconKey size={16} className={classes.questionIcon} aria-hidden />
      <span className={classes.questionText}>{reason.title}</span>
      <FailureActions id={id} reason={reason} isPartial />
    </div>
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

interface StateNoticeProps {
  readonly id: DataSourceId;
  readonly notice: Notice;
  /** Whether its tab is in front: only then it hears F5. */
  readonly isActive: boolean;
}

/** What is wrong with the connection and what can be done, below the bar. */
export function StateNotice({ id, notice, isActive }: StateNoticeProps) {
  const ref = useFocusLeft();
  return (
    <section ref={ref} className={classes.notice}>
      <VisuallyHidden component="h2">
        {notice.type === 'password' ? workspaceText.passwordNeeded : workspaceText.problem}
      </VisuallyHidden>
      {notice.type === 'password' && <PasswordNotice id={id} reason={notice.reason} />}
      {notice.type === 'failure' && (
        <ErrorPanel error={notice.reason} actions={<FailureActions id={id} reason={notice.reason} />} />
      )}
      {notice.type === 'warning' && (
        <Warning
          id={id}
          notice={notice}
          isActive={isActive}
          onTryNow={() => void connectionsStore.getState().connect(id)}
        />
      )}
    </section>
  );
}
