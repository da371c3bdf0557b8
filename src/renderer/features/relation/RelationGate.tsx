import { Button, Loader } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SourceState } from '../../../shared/model/sourceState.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorPanel } from '../../components/ErrorPanel.tsx';
import { relationText } from '../../text/relation.ts';
import { connectionsStore } from '../connections/index.ts';

const words = relationText.gate;

const isPending = ({ status }: SourceState): boolean =>
  status === 'connecting' || status === 'reconnecting' || status === 'open-circuit' || status === 'closing';

interface RelationGateProps {
  readonly sourceId: DataSourceId;
  readonly state: SourceState;
  /** What connecting is for. */
  readonly message?: string;
}

/** Stands where the relation would be while its data source is not connected: why, and how to change that. */
export function RelationGate({ sourceId, state, message = words.message }: RelationGateProps) {
  const connect = (
    <Button size="xs" onClick={() => void connectionsStore.getState().connect(sourceId)}>
      {words.connect}
    </Button>
  );
  if (isPending(state)) return <EmptyState icon={<Loader size={20} />} title={words.pending} />;
  if (state.status === 'failed') return <ErrorPanel error={state.reason} actions={connect} />;
  return (
    <EmptyState
      icon={<IconPlugConnectedX size={28} stroke={1.5} />}
      title={words.title}
      message={message}
      actions={connect}
    />
  );
}
