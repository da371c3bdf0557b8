/**
 * Fills the small disk on which the folder given lies, as people would: saves until there is no room, tries a backup,
 * makes room and goes on. Prints what it saw as one line of JSON.
 */
import { rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isAppError } from '../../../src/main/base/AppError.ts';
import { systemClock as clock } from '../../../src/main/base/Clock.ts';
import { silentLogger as logger } from '../../../src/main/observability/Logger.ts';
import { Database } from '../../../src/main/store/Database.ts';
import { StoreBackups } from '../../../src/main/store/StoreBackups.ts';
import { someDataSource } from '../../support/dataSources.ts';
import { dataSourcesIn } from '../../support/dataSourcesIn.ts';

const [disk = ''] = process.argv.slice(2);
const folder = join(disk, 'data');
const ballast = join(disk, 'ballast');
writeFileSync(ballast, Buffer.alloc(400_000));

const codeOf = (error: unknown): string => (isAppError(error) ? error.code : String(error));
const ids = (database: Database): string[] =>
  dataSourcesIn(database)
    .list()
    .map(({ id }) => id);

const database = Database.open({ folder, clock, logger });
const dataSources = dataSourcesIn(database);
const saved: string[] = [];
let refusal = 'none';
while (refusal === 'none') {
  const dataSource = someDataSource();
  try {
    dataSources.put(dataSource, {});
    saved.push(dataSource.id);
  } catch (error) {
    refusal = codeOf(error);
  }
}
const isAllThere = (open: Database): boolean =>
  JSON.stringify(ids(open).sort()) === JSON.stringify([...saved].sort());
const readableWhileFull = isAllThere(database);
const backups = new StoreBackups({ database, folder, clock, logger });
const backup = await backups.backUp().then(() => 'made', codeOf);
const listedWhileFull = (await backups.list()).length;

database.close();
const reopened = Database.open({ folder, clock, logger });
const readableAfterReopening = isAllThere(reopened);
rmSync(ballast);
const another = someDataSource();
dataSourcesIn(reopened).put(another, {});
saved.push(another.id);
const goesOn = isAllThere(reopened);
reopened.close();

const report = { refusal, readableWhileFull, backup, listedWhileFull, readableAfterReopening, goesOn };
writeSync(1, `${JSON.stringify({ ...report, savedCount: saved.length })}\n`);
