import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import { defaultPoolSettings, defaultTimeoutSettings } from '../../shared/model/poolSettings.ts';

/** The demo server listens here and nowhere else. */
export const demoHost = '127.0.0.1';
export const demoDatabase = 'dafel_db';
/** Owns the database and all that is in it, and is no superuser. */
export const demoUser = 'dafel_user';

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
        database: demoDatabase,
        user: demoUser,
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
