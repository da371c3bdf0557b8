import { Button, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore } from '../connections/index.ts';
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
  return (
    <>
      <div className={classes.warning}>
        <IconAlertTriangle size={16} className={classes.warningIcon} aria-hidden />
        <span className={classes.warningText}>{reason.title}</span>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={showsDetails}
          onClick={() => setShowsDetails(!showsDetails)}
        >
          {workspaceText.details}
        </Button>
        {retry !== 'none' && (
          <Button size="compact-sm" variant="default" disabled={retry === 'running'} onClick={onTryNow}>
            {workspaceText.tryNow}
          </Button>
        )}
      </div>
      {showsDetails && (
        <div className={classes.reason}>
          <ErrorPanel error={reason} />
        </div>
      )}
    </>
  );
}

/** What is wrong with the connection and what can be done, below the header. */
export function StateNotice({ id, notice }: { id: DataSourceId; notice: Notice }) {
  return (
    <section className={classes.notice}>
      <VisuallyHidden component="h2">{workspaceText.problem}</VisuallyHidden>
      {notice.type === 'failure' ? (
        <ErrorPanel error={notice.reason} actions={<FailureActions id={id} reason={notice.reason} />} />
      ) : (
        <Warning notice={notice} onTryNow={() => void connectionsStore.getState().connect(id)} />
      )}
    </section>
  );
}
