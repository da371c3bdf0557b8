import { ruleFacts, ruleKeyFacts } from '../../shared/ipc/auditedCall.ts';
import { isPipelineAlert } from '../../shared/model/alertChoices.ts';
import type { ActivityService } from '../activity/ActivityService.ts';
import type { RuleKeeper } from '../alerts/AlertRules.ts';
import { Alerts } from '../alerts/Alerts.ts';
import type { Clock } from '../base/Clock.ts';
import type { PipelinesFeature } from './createPipelines.ts';
import type { Vault } from './createVault.ts';
import type { OpenStore } from './openStore.ts';
import type { PlatformAdapters } from './services.ts';

export interface AlertsFeatureOptions {
  readonly adapters: PlatformAdapters;
  readonly store: OpenStore;
  readonly vault: Vault;
  readonly activity: ActivityService;
  readonly pipelines: Pick<PipelinesFeature, 'nameOf'>;
  readonly clock: Clock;
}

/** What watches data sources in use and pipelines, and tells when something is wrong with them. */
export function createAlerts({ adapters, store, vault, activity, pipelines, clock }: AlertsFeatureOptions) {
  const { dataSources } = store;
  const alerts = new Alerts({
    repository: store.alerts,
    keeper: keeperIn(store),
    // One that was removed can still be restored; until then it is not there.
    isListed: (kind, id) =>
      isPipelineAlert(kind) ? pipelines.nameOf(id) !== null : dataSources.isListed(id),
    nameOf: (kind, id) => (isPipelineAlert(kind) ? pipelines.nameOf(id) : dataSources.find(id)?.name) ?? '',
    serverUseOf: (id, signal) => activity.serverUse(id, signal),
    notifier: adapters.alertNotifier,
    isLocked: () => vault.appLock.isLocked,
    clock,
    logger: adapters.logger.scope('alerts'),
  });
  return {
    alerts,
    start: () => alerts.start(),
    stop: { name: 'alerts', limitMs: 50, run: () => alerts.stop() },
  };
}

/** A change is kept with its line in the audit trail, or not at all. */
function keeperIn({ alerts, audit, preferences }: OpenStore): RuleKeeper {
  return {
    rules: () => alerts.rules(),
    put: (rule) =>
      preferences.transaction(() => {
        alerts.putRule(rule);
        audit.record({ operation: 'alerts.rule-changed', ...ruleFacts(rule) });
      }),
    remove: (key) =>
      preferences.transaction(() => {
        alerts.removeRule(key);
        audit.record({ operation: 'alerts.rule-removed', ...ruleKeyFacts(key) });
      }),
  };
}
