import type { ConnectTarget } from '../../src/main/connectors/Connector.ts';
import type { DataSourceFields } from '../../src/shared/model/dataSource.ts';

/** What a connector is given to reach these fields. */
export function someTarget(
  { engine, readOnly, timeouts }: Pick<DataSourceFields, 'engine' | 'readOnly' | 'timeouts'>,
  overrides: Partial<ConnectTarget> = {},
): ConnectTarget {
  return { engine, readOnly, timeouts, secret: async () => null, applicationName: 'test', ...overrides };
}
