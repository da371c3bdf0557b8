import { type AlertKind, isPipelineAlert } from '../../../shared/model/alertChoices.ts';
import type { AlertSubjectId } from '../../../shared/model/alerts.ts';
import { useConnections, useDataSource } from '../connections/index.ts';
import { usePipelines } from '../pipelineList/index.ts';

/** What the data source or pipeline of an alert is called today; null when it is gone, or not read yet. */
export function useSubjectName(kind: AlertKind, id: AlertSubjectId): string | null {
  const source = useDataSource(id)?.dataSource.name;
  const pipeline = usePipelines(({ pipelines }) => pipelines.find((one) => one.id === id)?.name);
  return (isPipelineAlert(kind) ? pipeline : source) ?? null;
}

/** A data source or a pipeline to choose. */
export interface SubjectOption {
  readonly value: AlertSubjectId;
  readonly label: string;
}

export function useSourceOptions(): SubjectOption[] {
  const order = useConnections((store) => store.order);
  const byId = useConnections((store) => store.byId);
  return order.flatMap((id) => {
    const source = byId[id]?.dataSource;
    return source === undefined ? [] : { value: source.id, label: source.name };
  });
}

/** Main tells of them for as long as somebody watches the list. */
export function usePipelineOptions(): SubjectOption[] {
  const pipelines = usePipelines((store) => store.pipelines);
  return pipelines.map(({ id, name }) => ({ value: id, label: name }));
}
