import { sqlLanguageOf } from '../../shared/engines/sqlLanguages.ts';
import { preferencesSchema } from '../../shared/model/appInfo.ts';
import { defaultPreferences } from '../../shared/model/defaults.ts';
import type { Clock } from '../base/Clock.ts';
import type { Logger } from '../observability/Logger.ts';
import { QueryStatistics } from '../observability/statistics/QueryStatistics.ts';
import type { OpenStore } from './openStore.ts';

export interface StatisticsFeatureOptions {
  readonly store: OpenStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The statements that people run, counted by what they have in common. */
export function createStatistics({ store, clock, logger }: StatisticsFeatureOptions) {
  const { keepsStatistics } = store.preferences.read('preferences', preferencesSchema, defaultPreferences);
  const statistics = new QueryStatistics({
    repository: store.statistics,
    sourceOf: (id) => {
      // One that was removed can still be restored; until then it has none.
      const source = store.dataSources.findListed(id);
      if (source === null) return null;
      const { engine, timeouts } = source;
      return { language: sqlLanguageOf(engine.kind), slowStatementMs: timeouts.slowStatementMs };
    },
    clock,
    logger,
    isKept: keepsStatistics,
  });
  return { statistics, stop: { name: 'statistics', limitMs: 50, run: () => statistics.stop() } };
}
