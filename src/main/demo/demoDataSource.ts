import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../shared/model/poolSettings.ts';
import { type ServerSpec, serverHost } from '../embedded/ServerSpec.ts';

/** The demo server listens here and nowhere else. */
export const demoHost = serverHost;

/** The role owns the database and all that is in it, and is no superuser. */
export const demoSpec: ServerSpec = {
  role: 'dafel_user',
  database: 'dafel_db',
  clusterName: 'mooring-demo',
  firstPort: 15_432,
  maxConnections: 50,
  sharedBuffersMb: 32,
};

/** Where the demo server can be reached. */
export interface DemoAddress {
  readonly host: string;
  readonly port: number;
}

/** The data source of the demo server. TLS is off: the bytes never leave this computer. */
export function demoDataSource(address: DemoAddress): DataSourceFields {
  return {
    name: 'Demo database',
    engine: {
      kind: 'postgres',
      config: {
        host: address.host,
        port: address.port,
        database: demoSpec.database,
        user: demoSpec.role,
        tls: { mode: 'disable', caPem: null },
      },
    },
    origin: 'demo',
    pool: defaultPoolSettings,
    timeouts: defaultTimeoutSettings,
    color: 'teal',
    environment: 'development',
    readOnly: false,
  };
}
