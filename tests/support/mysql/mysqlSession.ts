import { neverAborted } from '../../../src/main/base/abort.ts';
import { systemClock } from '../../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../../src/main/connectors/Connection.ts';
import type { ConnectTarget } from '../../../src/main/connectors/Connector.ts';
import { MysqlConnector } from '../../../src/main/connectors/mysql/MysqlConnector.ts';
import type { MysqlConfig } from '../../../src/shared/engines/mysql/config.ts';
import { defaultTimeoutSettings } from '../../../src/shared/model/poolSettings.ts';
import type { MysqlCluster } from './MysqlCluster.ts';

export interface MysqlSessionOptions {
  /** Default: `root`, with the password of the cluster. */
  readonly account?: { readonly user: string; readonly password: string };
  readonly database?: string;
  readonly readOnly?: boolean;
}

/** Opens a session through the real connector, over the local socket, where no account needs TLS. */
export function openMysqlSession(
  cluster: MysqlCluster,
  { account = cluster, database, readOnly = false }: MysqlSessionOptions = {},
): Promise<SqlConnection> {
  const config: MysqlConfig = {
    host: cluster.host,
    port: cluster.port,
    socketPath: cluster.socketPath,
    database: database ?? null,
    user: account.user,
    tls: { mode: 'disable', caPem: null },
    timeZone: null,
    compression: false,
  };
  const target: ConnectTarget = {
    // The registry of engines does not decide here: the connector is given its configuration by itself.
    engine: { kind: 'mysql', config } as unknown as ConnectTarget['engine'],
    readOnly,
    timeouts: defaultTimeoutSettings,
    secret: async () => account.password,
    applicationName: 'Mooring tests',
  };
  return new MysqlConnector(systemClock).connect(config, target, { signal: neverAborted });
}
