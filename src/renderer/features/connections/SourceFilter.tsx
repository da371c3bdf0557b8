import { NativeSelect } from '@mantine/core';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import { connectionsText } from '../../text/connections.ts';
import { useConnections } from './connections.ts';

interface SourceFilterProps {
  /** Null: all of them. */
  readonly sourceId: DataSourceId | null;
  readonly onSource: (id: DataSourceId | null) => void;
  readonly className: string | undefined;
}

/** Narrows a list to what belongs to one data source. */
export function SourceFilter({ sourceId, onSource, className }: SourceFilterProps) {
  const order = useConnections((store) => store.order);
  const byId = useConnections((store) => store.byId);
  const sources = order.flatMap((id) => byId[id]?.dataSource ?? []);
  const words = connectionsText.sourceFilter;
  return (
    <NativeSelect
      className={className}
      aria-label={words.label}
      value={sourceId ?? ''}
      data={[{ value: '', label: words.all }, ...sources.map(({ id, name }) => ({ value: id, label: name }))]}
      onChange={(event) => onSource(event.currentTarget.value || null)}
    />
  );
}
