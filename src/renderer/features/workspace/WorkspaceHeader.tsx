import { ActionIcon, Button, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconCopy, IconPlug, IconPlugOff } from '@tabler/icons-react';
import { loginTextOf } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { EnvironmentBadge } from '../../components/EnvironmentBadge.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import { shownStatus } from '../../lib/shownStatus.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore, openEditor } from '../connections/index.ts';
import { stateLabel } from './stateLabel.ts';
import { useStateClock } from './useStateClock.ts';
import classes from './Workspace.module.css';

/** The state with its countdown. Read aloud is only the word, when it changes. */
function LiveState({ state, isRetrying }: { state: SourceState; isRetrying: boolean }) {
  const now = useStateClock(state);
  // An attempt that follows trouble is part of reconnecting: its state must not flicker with each one.
  const isAgain = isRetrying && state.status === 'connecting';
  const word = vocabulary.stateLabel[isAgain ? 'reconnecting' : shownStatus(state)];
  return (
    <span className={classes.badge}>
      <span aria-hidden>
        <StateBadge state={state} label={isAgain ? word : stateLabel(state, now)} />
      </span>
      <VisuallyHidden role="status">{word}</VisuallyHidden>
    </span>
  );
}

interface ConnectButtonProps {
  readonly id: DataSourceId;
  readonly status: SourceState['status'];
  readonly isRetrying: boolean;
}

/** Connects what is closed; ends or gives up everything else. */
function ConnectButton({ id, status, isRetrying }: ConnectButtonProps) {
  const { connect, disconnect } = connectionsStore.getState();
  if (status === 'idle' || status === 'failed') {
    return (
      <Button size="xs" leftSection={<IconPlug size={14} />} onClick={() => void connect(id)}>
        {workspaceText.connect}
      </Button>
    );
  }
  return (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPlugOff size={14} />}
      disabled={status === 'closing'}
      onClick={() => void disconnect(id)}
    >
      {status === 'connecting' && !isRetrying ? workspaceText.cancelConnect : workspaceText.disconnect}
    </Button>
  );
}

interface WorkspaceHeaderProps {
  readonly dataSource: DataSource;
  readonly state: SourceState;
  /** There was trouble: connecting is one of several attempts. */
  readonly isRetrying: boolean;
}

/** Which data source this is, where it leads to and how it is doing. */
export function WorkspaceHeader({ dataSource, state, isRetrying }: WorkspaceHeaderProps) {
  const copyText = useCopyText();
  const { id, name, engine, environment } = dataSource;
  const address = loginTextOf(engine);
  return (
    <header className={classes.header}>
      <div className={classes.identity}>
        <div className={classes.nameLine}>
          <h1 className={classes.name} title={name}>
            {name}
          </h1>
          <EnvironmentBadge environment={environment} />
        </div>
        <div className={classes.addressLine}>
          <span className={classes.address} title={address}>
            {address}
          </span>
          <Tooltip label={workspaceText.copyAddress}>
            <ActionIcon size="xs" aria-label={workspaceText.copyAddress} onClick={() => copyText(address)}>
              <IconCopy size={13} />
            </ActionIcon>
          </Tooltip>
        </div>
      </div>
      <div className={classes.controls}>
        <LiveState state={state} isRetrying={isRetrying} />
        <Button size="xs" variant="default" onClick={() => openEditor(id)}>
          {workspaceText.edit}
        </Button>
        <ConnectButton id={id} status={state.status} isRetrying={isRetrying} />
      </div>
    </header>
  );
}
