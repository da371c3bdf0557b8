import { AuditTrail } from '../audit/AuditTrail.ts';
import type { Clock, Timer } from '../base/Clock.ts';
import type { Instrumentation } from '../observability/Instrumentation.ts';
import type { Logger } from '../observability/Logger.ts';
import { Database } from '../store/Database.ts';
import { SqliteAlertRepository } from '../store/SqliteAlertRepository.ts';
import { SqliteAuditRepository } from '../store/SqliteAuditRepository.ts';
import { SqliteDataSourceRepository } from '../store/SqliteDataSourceRepository.ts';
import { SqliteHistoryRepository } from '../store/SqliteHistoryRepository.ts';
import { SqliteLoginMethodRepository } from '../store/SqliteLoginMethodRepository.ts';
import { SqliteMetricsRepository } from '../store/SqliteMetricsRepository.ts';
import { SqliteObjectRepository } from '../store/SqliteObjectRepository.ts';
import { SqlitePipelineRepository } from '../store/SqlitePipelineRepository.ts';
import { SqlitePreferencesRepository } from '../store/SqlitePreferencesRepository.ts';
import { SqliteSecretRepository } from '../store/SqliteSecretRepository.ts';
import { SqliteStatisticsRepository } from '../store/SqliteStatisticsRepository.ts';
import { SqliteVaultRepository } from '../store/SqliteVaultRepository.ts';
import { StoreBackups } from '../store/StoreBackups.ts';
import type { Keychain } from '../vault/keychain/Keychain.ts';
import { KeyRing } from '../vault/keys/KeyRing.ts';
import { RootKeyItems } from '../vault/keys/RootKeyItems.ts';

/** The daily backup begins when the start is over. */
const backupDelayMs = 10_000;

export interface OpenStoreOptions {
  readonly folder: string;
  readonly keychain: Keychain;
  readonly instrumentation?: Instrumentation;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Opens the data file, and builds all that reads and writes it. The key ring is a part of it, because rows are signed.
 * What was deleted in the last run could be brought back until now.
 * @throws STORE_…
 */
export function openStore(options: OpenStoreOptions) {
  const database = Database.open(options);
  try {
    return buildOn(database, options);
  } catch (error) {
    // An open file could not be replaced by a backup.
    database.close();
    throw error;
  }
}

function buildOn(database: Database, { folder, keychain, clock, logger }: OpenStoreOptions) {
  const vault = new SqliteVaultRepository(database);
  const items = new RootKeyItems({ keychain, repository: vault, logger });
  const keyRing = new KeyRing({ items, repository: vault, clock });
  const dataSources = new SqliteDataSourceRepository({ database, signer: keyRing, logger });
  const auditEntries = new SqliteAuditRepository(database);
  const audit = new AuditTrail({ repository: auditEntries, signer: keyRing, clock, logger });
  audit.adopt();
  dataSources.transaction(() => {
    for (const subject of dataSources.purgeRemoved()) {
      audit.record({ operation: 'data-source.purged', subject });
    }
  });
  const backups = new StoreBackups({ database, folder, clock, logger });
  return {
    ...daily(backups, database, clock),
    database,
    vault,
    keyRing,
    dataSources,
    history: new SqliteHistoryRepository(database),
    loginMethods: new SqliteLoginMethodRepository(database),
    metrics: new SqliteMetricsRepository(database),
    secrets: new SqliteSecretRepository(database),
    statistics: new SqliteStatisticsRepository(database),
    alerts: new SqliteAlertRepository(database),
    objects: new SqliteObjectRepository(database),
    pipelines: new SqlitePipelineRepository(database, logger),
    preferences: new SqlitePreferencesRepository(database, logger),
    audit,
    auditEntries,
    backups,
  };
}

/** Backs up once the app has started, and closes the file when it ends. */
function daily(backups: StoreBackups, database: Database, clock: Clock) {
  let timer: Timer | null = null;
  return {
    start: () => {
      timer = clock.after(backupDelayMs, () => void backups.backUpWhenDue());
    },
    stop: {
      name: 'store',
      limitMs: 500,
      run: () => {
        timer?.cancel();
        database.close();
      },
    },
  };
}

export type OpenStore = ReturnType<typeof openStore>;
