import { ActionIcon, Button, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { IconCopy, IconPencil, IconPlug, IconPlugOff, IconSend, IconTerminal2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { engineOf, loginTextOf } from '../../../shared/engines/engines.ts';
import type { DataSource } from '../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import type { TabOf } from '../../../shared/model/tabs.ts';
import { useCopyText } from '../../components/Clipboard.tsx';
import { ColorMark } from '../../components/ColorMark.tsx';
import { EnvironmentBadge } from '../../components/EnvironmentBadge.tsx';
import { ReadOnlyMark } from '../../components/ReadOnlyMark.tsx';
import { ShortcutHint } from '../../components/ShortcutHint.tsx';
import { StateBadge } from '../../components/StateBadge.tsx';
import frame from '../../components/TabFrame.module.css';
import { stateLabel } from '../../lib/stateLabel.ts';
import { useStateClock } from '../../lib/useStateClock.ts';
import { tabsText } from '../../text/tabs.ts';
import { vocabulary } from '../../text/vocabulary.ts';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore, openEditor } from '../connections/index.ts';
import { tabsStore } from '../tabs/index.ts';
import { SourceMore } from './SourceMore.tsx';
import classes from './SourceTab.module.css';

/** The state with its countdown. It is read aloud by the status bar. */
function LiveState({ state, isRetrying }: { state: SourceState; isRetrying: boolean }) {
  const now = useStateClock(state);
  // An attempt that follows trouble is part of reconnecting: its state must not flicker with each one.
  const isAgain = isRetrying && state.status === 'connecting';
  const label = isAgain ? vocabulary.stateLabel.reconnecting : stateLabel(state, now);
  return <StateBadge state={state} label={label} />;
}

/** With little room only its icon stays. */
const connectClasses = { root: classes.connect, section: classes.connectIcon, label: classes.connectLabel };

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
      <Button
        size="xs"
        classNames={connectClasses}
        leftSection={<IconPlug size={14} />}
        title={workspaceText.connect}
        onClick={() => void connect(id)}
      >
        {workspaceText.connect}
      </Button>
    );
  }
  const label =
    status === 'connecting' && !isRetrying ? workspaceText.cancelConnect : workspaceText.disconnect;
  return (
    <Button
      size="xs"
      variant="default"
      classNames={connectClasses}
      leftSection={<IconPlugOff size={14} />}
      title={label}
      disabled={status === 'closing'}
      onClick={() => void disconnect(id)}
    >
      {label}
    </Button>
  );
}

interface BarActionProps {
  /** Goes where there is little room: it has a shortcut or another place. */
  readonly isOptional?: boolean;
  readonly label: string;
  readonly shortcut?: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
}

function BarAction({ isOptional = false, label, shortcut, icon, onClick }: BarActionProps) {
  const hint = shortcut === undefined ? label : <ShortcutHint label={label} shortcut={shortcut} />;
  return (
    <Tooltip label={hint}>
      <ActionIcon
        size={26}
        className={isOptional ? classes.optional : undefined}
        aria-label={label}
        onClick={onClick}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}

interface SourceBarProps {
  readonly tab: TabOf<'source'>;
  readonly dataSource: DataSource;
  readonly state: SourceState;
  /** There was trouble: connecting is one of several attempts. */
  readonly isRetrying: boolean;
  readonly hasSecret: boolean;
}

/** Where am I, what do I see, what can I do: one line above the content. */
export function SourceBar({ tab, dataSource, state, isRetrying, hasSecret }: SourceBarProps) {
  const copyText = useCopyText();
  const { id, name, engine, environment, color, readOnly } = dataSource;
  const address = loginTextOf(engine);
  const { capabilities } = engineOf(engine.kind);
  return (
    <header className={`${frame.bar} ${classes.bar}`} data-environment={environment}>
      <div className={classes.identity}>
        <ColorMark color={color} />
        <Text component="h2" className={classes.name} title={name}>
          {name}
        </Text>
        <EnvironmentBadge environment={environment} />
        {readOnly && <ReadOnlyMark />}
        <LiveState state={state} isRetrying={isRetrying} />
        <span className={classes.address} title={address}>
          {address}
        </span>
      </div>
      <SegmentedControl
        className={classes.segments}
        size="xs"
        aria-label={workspaceText.segments}
        value={tab.segment}
        onChange={(segment) => tabsStore.getState().patch(tab.id, { segment })}
        data={[
          { value: 'overview', label: tabsText.segment.overview },
          { value: 'metrics', label: tabsText.segment.metrics },
          ...(capabilities.activity
            ? [{ value: 'activity' as const, label: tabsText.segment.activity }]
            : []),
          ...(capabilities.sql ? [{ value: 'statements' as const, label: tabsText.segment.statements }] : []),
          ...(capabilities.serverSettings
            ? [{ value: 'settings' as const, label: workspaceText.settings }]
            : []),
        ]}
      />
      <div className={classes.controls}>
        <ConnectButton id={id} status={state.status} isRetrying={isRetrying} />
        {capabilities.sql && (
          <BarAction
            label={tabsText.newQuery}
            shortcut="Mod+T"
            icon={<IconTerminal2 size={16} />}
            onClick={() => void tabsStore.getState().openQuery({ sourceId: id })}
          />
        )}
        {capabilities.requests && (
          <BarAction
            label={tabsText.newRequest}
            shortcut="Mod+T"
            icon={<IconSend size={16} />}
            onClick={() => void tabsStore.getState().openRequest(id)}
          />
        )}
        <BarAction
          isOptional
          label={workspaceText.edit}
          shortcut="F4"
          icon={<IconPencil size={16} />}
          onClick={() => openEditor(id)}
        />
        <BarAction
          isOptional
          label={workspaceText.copyAddress}
          icon={<IconCopy size={15} />}
          onClick={() => copyText(address)}
        />
        <SourceMore dataSource={dataSource} hasSecret={hasSecret} />
      </div>
    </header>
  );
}
