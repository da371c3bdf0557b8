import { Button, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { ErrorDto } from '../../../shared/errors/errorDto.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore, openEditor } from '../connections/index.ts';
import classes from './Workspace.module.css';

interface WarningProps {
  readonly reason: ErrorDto;
  /** Null where there is nothing to hurry. */
  readonly onTryNow: (() => void) | null;
}

/** One line on what is wrong while the app heals it by itself; all of it on demand. */
function Warning({ reason, onTryNow }: WarningProps) {
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
        {onTryNow !== null && (
          <Button size="compact-sm" variant="default" onClick={onTryNow}>
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

/** A place below the header, with a heading for those who jump from heading to heading. */
function Notice({ children }: { children: ReactNode }) {
  return (
    <section className={classes.notice}>
      <VisuallyHidden component="h2">{workspaceText.problem}</VisuallyHidden>
      {children}
    </section>
  );
}

/** What is wrong with the connection and what can be done; nothing while all is well. */
export function StateNotice({ id, state }: { id: DataSourceId; state: SourceState }) {
  const connect = () => void connectionsStore.getState().connect(id);
  if (state.status === 'failed') {
    return (
      <Notice>
        <ErrorPanel
          error={state.reason}
          actions={
            <>
              <Button size="xs" onClick={() => openEditor(id)}>
                {workspaceText.edit}
              </Button>
              <Button size="xs" variant="default" onClick={connect}>
                {workspaceText.tryAgain}
              </Button>
            </>
          }
        />
      </Notice>
    );
  }
  if (state.status !== 'degraded' && state.status !== 'reconnecting' && state.status !== 'open-circuit') {
    return null;
  }
  return (
    <Notice>
      <Warning reason={state.reason} onTryNow={state.status === 'degraded' ? null : connect} />
    </Notice>
  );
}
