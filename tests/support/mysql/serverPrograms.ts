import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFolderTemplate } from '../dataFolderTemplate.ts';
import { resolveTestServers, type TestServers } from '../testServers.ts';

export type MysqlProduct = 'mariadb' | 'mysql';

/** How to call the programs of one product; each list begins with the program. */
export interface ServerPrograms {
  readonly product: MysqlProduct;
  /** Starts the server, without its options. */
  readonly server: readonly string[];
  /** A data folder with one account, `root@localhost`, which has no password yet. */
  readonly template: DataFolderTemplate;
}

/** Small files, because they are copied for each server, which enlarges its log when it needs to; and no waiting for the disk. */
const installerSettings: Record<MysqlProduct, readonly string[]> = {
  mariadb: ['--innodb-flush-method=nosync', '--innodb-log-file-size=8M'],
  mysql: ['--innodb-flush-method=nosync', '--innodb-redo-log-capacity=16M', '--disable-log-bin'],
};

/** The programs of the product on this machine; null when there are none. */
export async function findServerPrograms(product: MysqlProduct): Promise<ServerPrograms | null> {
  const servers = await resolveTestServers();
  return product === 'mariadb' ? mariadbPrograms(servers) : mysqlPrograms(servers);
}

async function mariadbPrograms({ mariadb, templates }: TestServers): Promise<ServerPrograms | null> {
  if (mariadb === undefined) return null;
  const { size, mtimeMs } = await stat(mariadb.server);
  return {
    product: 'mariadb',
    server: [mariadb.server, '--no-defaults'],
    template: {
      path: join(templates, `mariadb-${size}-${Math.round(mtimeMs)}`),
      installer: (dataFolder) => [
        ...[mariadb.installer, '--no-defaults', `--datadir=${dataFolder}`, ...installerSettings.mariadb],
        ...['--auth-root-authentication-method=socket', '--auth-root-socket-user=root'],
        ...['--skip-test-db', '--skip-name-resolve'],
      ],
    },
  };
}

function mysqlPrograms({ mysql, templates }: TestServers): ServerPrograms | null {
  if (mysql === undefined) return null;
  return {
    product: 'mysql',
    server: [...mysql.command, '--disable-log-bin'],
    template: {
      path: join(templates, `mysql-${mysql.version}`),
      installer: (dataFolder) => [
        ...[...mysql.command, '--initialize-insecure', `--datadir=${dataFolder}`, ...installerSettings.mysql],
        '--secure-file-priv=NULL',
      ],
    },
  };
}
