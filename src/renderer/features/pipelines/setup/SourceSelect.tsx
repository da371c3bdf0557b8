import { Button, Loader, Select } from '@mantine/core';
import type { DataSource } from '../../../../shared/model/dataSource.ts';
import type { DataSourceId } from '../../../../shared/model/ids.ts';
import { ErrorPanel } from '../../../components/ErrorPanel.tsx';
import { Notice } from '../../../components/Notice.tsx';
import { sessionOf } from '../../../lib/sessionOf.ts';
import { setupText as words } from '../../../text/pipelineSetup.ts';
import { connectionsStore, useConnections, useDataSource, useSourceState } from '../../connections/index.ts';
import classes from './Setup.module.css';

/** More are found by typing. */
const maxOptions = 100;

interface SourceSelectProps {
  readonly label: string;
  readonly value: DataSourceId;
  readonly error: string | null;
  readonly isOffered: (source: DataSource) => boolean;
  readonly onChange: (id: DataSourceId) => void;
}

/** A data source. One that is chosen is connected, so that its tables can be looked at. */
export function SourceSelect({ label, value, error, isOffered, onChange }: SourceSelectProps) {
  const order = useConnections((store) => store.order);
  const byId = useConnections((store) => store.byId);
  const offered = order.flatMap((id) => byId[id]?.dataSource ?? []).filter(isOffered);
  const choose = (id: string | null): void => {
    if (id === null || id === value) return;
    onChange(id);
    const status = connectionsStore.getState().states[id]?.status ?? 'idle';
    if (status === 'idle' || status === 'failed') void connectionsStore.getState().connect(id);
  };
  return (
    <Select
      label={label}
      placeholder={words.source.choose}
      searchable
      allowDeselect={false}
      limit={maxOptions}
      value={value === '' ? null : value}
      data={offered.map(({ id, name }) => ({ value: id, label: name }))}
      error={error}
      onChange={choose}
    />
  );
}

/** Why nothing can be read of a data source, and how to change that. Nothing while it is connected. */
export function ConnectNotice({ id }: { readonly id: DataSourceId }) {
  const state = useSourceState(id);
  const source = useDataSource(id);
  const session = sessionOf(state);
  if (source === undefined || session === 'open') return null;
  const connect = (
    <Button size="xs" onClick={() => void connectionsStore.getState().connect(id)}>
      {words.connect}
    </Button>
  );
  if (state.status === 'failed') return <ErrorPanel error={state.reason} actions={connect} />;
  if (session === 'pending') {
    return (
      <p className={classes.pending} role="status">
        <Loader size={14} /> {words.connecting}
      </p>
    );
  }
  return (
    <Notice tone="info">
      <span className={classes.connect}>
        {words.notConnected} {connect}
      </span>
    </Notice>
  );
}
