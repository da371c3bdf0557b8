import type { DataSourceId } from '../../shared/model/ids.ts';
import type { OtherDatabases } from '../dataSources/databases/OtherDatabases.ts';
import type { QueryStatistics } from '../observability/statistics/QueryStatistics.ts';
import type { QueryRunner } from '../query/runs/QueryRunner.ts';
import type { PipelinesFeature } from './createPipelines.ts';
import type { Vault } from './createVault.ts';
import type { EventPublisher, Services } from './services.ts';

/** The features that something of another one follows. */
interface LinkedFeatures
  extends Pick<
    Services,
    | 'alerts'
    | 'auditing'
    | 'dataSources'
    | 'demo'
    | 'manager'
    | 'metrics'
    | 'metricsHistory'
    | 'monitoring'
    | 'sshDialogues'
    | 'tracing'
    | 'transfer'
  > {
  readonly vault: Vault;
  readonly others: OtherDatabases;
  readonly pipelines: Pick<PipelinesFeature, 'pipelines' | 'standings' | 'vaultOpened'>;
  readonly statistics: Pick<QueryStatistics, 'sourcesChanged'>;
  readonly query: Pick<QueryRunner, 'onSession'>;
}

/** What the window is told by itself. */
export function publishEvents(
  events: EventPublisher,
  {
    alerts,
    auditing,
    dataSources,
    demo,
    manager,
    metrics,
    monitoring,
    query,
    sshDialogues,
    tracing,
    vault,
  }: LinkedFeatures,
): void {
  manager.onState.on((change) => events.publish('dataSources.state', change));
  sshDialogues.onAsked.on((dialogue) => events.publish('ssh.asked', dialogue));
  sshDialogues.onOver.on((over) => events.publish('ssh.over', over));
  metrics.onSample.on((sample) => events.publish('metrics.sample', sample));
  dataSources.onChanged.on((change) => events.publish('dataSources.changed', change));
  query.onSession.on((event) => events.publish('query.session', event));
  monitoring.onStatus.on((status) => events.publish('monitoring.status', status));
  tracing.onStatus.on((status) => events.publish('tracing.status', status));
  auditing.onStatus.on((status) => events.publish('audit.status', status));
  alerts.onStatus.on((status) => events.publish('alerts.status', status));
  demo.onStatus.on((status) => events.publish('demo.status', status));
  vault.service.onStatus.on((status) => events.publish('vault.status', status));
}

/** What else happens when data sources are saved or taken out of the list. */
export function followSources({
  alerts,
  dataSources,
  pipelines,
  statistics,
}: Pick<LinkedFeatures, 'alerts' | 'dataSources' | 'pipelines' | 'statistics'>): void {
  dataSources.onChanged.on((change) => {
    const removed = change.type === 'some' ? change.removed : [];
    statistics.sourcesChanged(removed);
    alerts.removed(removed);
    const changed = change.type === 'some' ? change.changed.map(({ dataSource: { id } }) => id) : null;
    void pipelines.pipelines.sourcesChanged(changed && new Set([...changed, ...removed]));
  });
}

/** Who hears of what happens to data sources in use. */
export function followStates({
  alerts,
  manager,
  metrics,
  metricsHistory,
  others,
}: Pick<LinkedFeatures, 'alerts' | 'manager' | 'metrics' | 'metricsHistory' | 'others'>): void {
  manager.onState.on(({ id, state }) => {
    // Nothing is kept of what is not saved, and nobody has set rules for it.
    if (others.originOf(id) !== null) return;
    metricsHistory.stateChanged(id, state.status);
    alerts.stateChanged(id, state);
  });
  metrics.onMeasured.on(({ id, figures }) => {
    if (others.originOf(id) === null) alerts.measured(id, figures);
  });
}

/** Databases that were opened beside the one of a data source live and end with it, and have its settings. */
export function followDatabases({
  dataSources,
  manager,
  others,
}: Pick<LinkedFeatures, 'dataSources' | 'manager' | 'others'>): void {
  manager.onState.on(({ id, state }) => {
    if (state.status !== 'closing') return;
    for (const database of others.idsOf(id)) void manager.disconnect(database);
  });
  const removed = (id: DataSourceId): void => {
    for (const database of others.idsOf(id)) void manager.removed(database);
    others.forget(id);
  };
  const changed = (id: DataSourceId): void => {
    for (const database of others.idsOf(id)) {
      const now = others.find(database);
      // Why it could not connect anew is in its state.
      if (now === null) void manager.disconnect(database);
      else manager.changed(now, false).catch(() => undefined);
    }
  };
  dataSources.onChanged.on((change) => {
    if (change.type !== 'some') return;
    for (const id of change.removed) removed(id);
    for (const { dataSource } of change.changed) changed(dataSource.id);
  });
}

/** Who hears of what becomes of pipelines. */
export function followPipelines({ alerts, pipelines }: Pick<LinkedFeatures, 'alerts' | 'pipelines'>): void {
  pipelines.standings.onChanged.on(({ id, ...standing }) => alerts.pipelineChanged(id, standing));
  pipelines.pipelines.onChanged.on((change) => {
    if (change.type === 'removed') alerts.pipelineRemoved(change.id);
  });
}

/** What else happens when the vault is locked or opened. @param onLocked the window is locked from now on */
export function followLock(
  { auditing, dataSources, manager, pipelines, transfer, vault: { appLock, service } }: LinkedFeatures,
  onLocked: () => void,
): void {
  appLock.onChange.on((change) => {
    if (change !== 'locked') return;
    transfer.importer.discardAll();
    if (appLock.settings.connections === 'close') void manager.disconnectAll();
    if (appLock.isLocked) onLocked();
  });
  let wasOpen = false;
  service.onStatus.on(({ lock }) => {
    const isOpen = lock === 'open';
    if (isOpen === wasOpen) return;
    wasOpen = isOpen;
    // What is signed can be checked now, or no longer.
    dataSources.refresh();
    if (!isOpen) return;
    manager.vaultOpened();
    auditing.vaultOpened();
    pipelines.vaultOpened();
  });
}
