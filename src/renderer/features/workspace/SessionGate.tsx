import { Button, Loader } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { sessionOf } from '../../lib/sessionOf.ts';
import { workspaceText } from '../../text/workspace.ts';
import { connectionsStore } from '../connections/index.ts';

interface SessionGateProps {
  readonly id: DataSourceId;
  readonly state: SourceState;
  /** There was trouble: connecting is one of several attempts. */
  readonly isRetrying: boolean;
  /** Something was loaded before the connection was interrupted. */
  readonly hasContent: boolean;
  /** What connecting would show here. */
  readonly message: string;
  readonly children: ReactNode;
}

/** Shows what needs the server while there is a session, and what is left of an interrupted one; else how to get one. */
export function SessionGate({ id, state, isRetrying, hasContent, message, children }: SessionGateProps) {
  const session = sessionOf(state);
  const words = workspaceText.notConnected;
  if (session === 'open' || (session === 'pending' && hasContent)) return children;
  if (session === 'pending') {
    const title = isRetrying ? words.reconnecting : words.connecting;
    return <EmptyState icon={<Loader size={20} />} title={title} message={words.pendingMessage} />;
  }
  if (state.status === 'closing') return <EmptyState icon={<Loader size={20} />} title={words.closing} />;
  return (
    <EmptyState
      icon={<IconPlugConnectedX size={28} stroke={1.5} />}
      title={words.title}
      message={message}
      actions={
        <Button size="xs" onClick={() => void connectionsStore.getState().connect(id)}>
          {workspaceText.connect}
        </Button>
      }
    />
  );
}
