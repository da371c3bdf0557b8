/**
 * Saves data sources without end in the store of the folder given, each with a secret in the same transaction, and
 * prints each id when its write has been acknowledged. Meant to be killed.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '../../../src/main/base/Clock.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { Database } from '../../../src/main/store/Database.ts';
import { SqliteSecretRepository } from '../../../src/main/store/SqliteSecretRepository.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { dataSourcesIn } from '../../support/dataSourcesIn.ts';

const [folder = ''] = process.argv.slice(2);
const database = Database.open({ folder, clock: systemClock, logger: silentLogger });
const dataSources = dataSourcesIn(database);
const secrets = new SqliteSecretRepository(database);

for (;;) {
  const dataSource = someDataSource();
  dataSources.transaction(() => {
    dataSources.put(dataSource, {});
    secrets.put({
      dataSourceId: dataSource.id,
      field: 'password',
      envelope: Buffer.alloc(100),
      keyVersion: 1,
      revision: 1,
    });
  });
  // Not process.stdout: its buffer would be lost with the process, or grow for ever.
  writeSync(1, `${dataSource.id}\n`);
}
