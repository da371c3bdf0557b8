import { join } from 'node:path';
import { sqlLanguageOf } from '../../shared/engines/sqlLanguages.ts';
import type { Clock } from '../base/Clock.ts';
import type { OtherDatabases } from '../dataSources/databases/OtherDatabases.ts';
import type { Logger } from '../observability/Logger.ts';
import { History } from '../query/History.ts';
import { QueryRunner } from '../query/runs/QueryRunner.ts';
import { RelationTables } from '../query/tables/RelationTables.ts';
import { KeptTabs } from '../query/tabs/KeptTabs.ts';
import type { ResultFiles, Results } from '../results/Results.ts';
import type { Sessions } from './createSessions.ts';
import type { OpenStore } from './openStore.ts';
import type { PlatformAdapters } from './services.ts';

export interface QueryFeatureOptions {
  readonly adapters: PlatformAdapters;
  readonly store: OpenStore;
  readonly others: OtherDatabases;
  readonly sessions: Sessions;
  readonly results: Results;
  readonly files: ResultFiles;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Statements, each in the session of its tab; what ran; and what the window has open. */
export function createQuery(options: QueryFeatureOptions) {
  const { adapters, clock, files, logger, others, results, sessions, store } = options;
  const history = new History({ repository: store.history, clock, logger });
  // One that was removed can still be restored; until then nothing runs on it.
  const find = (id: string) => others.findListed(id);
  const { manager } = sessions;
  const query = new QueryRunner({
    ...{ manager, dataSources: { find }, languageOf: sqlLanguageOf, results, files, history, clock },
  });
  const tables = new RelationTables({ manager, results, files });
  const folder = join(adapters.paths.userData, 'tabs');
  const tabs = new KeptTabs({ values: store.preferences, dialogs: adapters.fileDialogs, folder });
  const stop = async (): Promise<void> => {
    await Promise.all([query.stop(), tables.stop()]);
  };
  return {
    query,
    tables,
    history,
    tabs,
    // A server that is slow to cancel does so while the pools close.
    stop: { name: 'query', limitMs: 500, run: stop },
  };
}
