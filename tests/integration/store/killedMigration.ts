/** Opens the store of the folder given with a migration in the middle of which the process kills itself. */
import { systemClock } from '../../../src/main/base/Clock.ts';
import { silentLogger } from '../../../src/main/observability/Logger.ts';
import { Database } from '../../../src/main/store/Database.ts';
import { allMigrations } from '../../../src/main/store/migrations/allMigrations.ts';

const [folder = ''] = process.argv.slice(2);
const killed = {
  version: (allMigrations.at(-1)?.version ?? 0) + 1,
  name: 'killed',
  apply: (sqlite: { exec(sql: string): unknown }): void => {
    sqlite.exec('DELETE FROM data_sources; CREATE TABLE half (id)');
    process.kill(process.pid, 'SIGKILL');
  },
};
Database.open({
  folder,
  clock: systemClock,
  logger: silentLogger,
  migrations: [...allMigrations, killed],
});
