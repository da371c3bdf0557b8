import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import type { ConnectTarget } from '../../src/main/connectors/Connector.ts';
import { PostgresConnector } from '../../src/main/connectors/postgres/PostgresConnector.ts';
import type { DataSourceFields } from '../../src/shared/model/dataSource.ts';
import type { Stage } from '../../src/shared/model/testReport.ts';
import { postgresConfig } from './dataSources.ts';
import { someTarget } from './someTarget.ts';

export interface SessionOptions {
  /** Null: there is none. */
  readonly password?: string | null;
  /** Of the key of a client certificate. */
  readonly passphrase?: string;
  readonly signal?: AbortSignal;
  readonly onStage?: (stage: Stage) => void;
  readonly connector?: PostgresConnector;
}

/** What a connector is given to reach these fields. */
function targetFor(fields: DataSourceFields, { password, passphrase }: SessionOptions): ConnectTarget {
  const secret = async (field: string) => (field === 'clientKeyPassphrase' ? passphrase : password) ?? null;
  return someTarget(fields, { secret, applicationName: 'Mooring tests' });
}

/** Opens a session through the real connector. */
export function openSession(fields: DataSourceFields, options: SessionOptions = {}): Promise<SqlConnection> {
  const connector = options.connector ?? new PostgresConnector(systemClock);
  return connector.connect(postgresConfig(fields), targetFor(fields, options), {
    signal: options.signal ?? neverAborted,
    ...(options.onStage === undefined ? {} : { onStage: options.onStage }),
  });
}
