import { join } from 'node:path';
import { PoolerProcess } from './PoolerProcess.ts';
import type { PostgresCluster } from './postgresCluster.ts';

/** A PgBouncer for the superuser of a server. */
export function startPgBouncer(to: PostgresCluster, mode: 'session' | 'transaction'): Promise<PoolerProcess> {
  return PoolerProcess.start({
    variable: 'MOORING_PGBOUNCER',
    readyLine: 'process up',
    args: (folder) => [join(folder, 'pgbouncer.ini')],
    files: (folder, port) => ({
      'users.txt': `"${to.user}" "${to.password}"\n`,
      'pgbouncer.ini': [
        '[databases]',
        `* = host=${to.host} port=${to.port}`,
        '[pgbouncer]',
        ...['listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir ='],
        ...['auth_type = scram-sha-256', `auth_file = ${join(folder, 'users.txt')}`, `pool_mode = ${mode}`],
      ].join('\n'),
    }),
  });
}

/** A Pgpool-II for the superuser of a server, which it takes for one of several. */
export function startPgpool(to: PostgresCluster, settings: readonly string[] = []): Promise<PoolerProcess> {
  const names = { config: 'pgpool.conf', hba: 'pool_hba.conf', passwords: 'pool_passwd' };
  return PoolerProcess.start({
    variable: 'MOORING_PGPOOL',
    readyLine: 'successfully started',
    args: (folder) => ['-n', '-f', join(folder, names.config), '-a', join(folder, names.hba)],
    files: (folder, port, control) => ({
      [names.hba]: 'host all all 127.0.0.1/32 scram-sha-256\n',
      [names.passwords]: `${to.user}:TEXT${to.password}\n`,
      [names.config]: [
        ...["backend_clustering_mode = 'streaming_replication'", "listen_addresses = '127.0.0.1'"],
        ...[
          `port = ${port}`,
          `socket_dir = '${folder}'`,
          `pcp_socket_dir = '${folder}'`,
          `pcp_port = ${control}`,
        ],
        ...[`pid_file_name = '${join(folder, 'pid')}'`, `logdir = '${folder}'`, 'num_init_children = 6'],
        ...['enable_pool_hba = on', `pool_passwd = '${names.passwords}'`, 'sr_check_period = 0'],
        ...[`sr_check_user = '${to.user}'`, `sr_check_password = '${to.password}'`],
        ...[`backend_hostname0 = '${to.host}'`, `backend_port0 = ${to.port}`, 'backend_weight0 = 1'],
        ...settings,
        '',
      ].join('\n'),
    }),
  });
}
