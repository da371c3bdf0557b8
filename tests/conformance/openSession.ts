import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { Connection, SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../src/main/connectors/speaksSql.ts';
import type { EngineSettings } from '../../src/shared/engines/settings.ts';
import { defaultTimeoutSettings, type TimeoutSettings } from '../../src/shared/model/poolSettings.ts';
import type { Stage } from '../../src/shared/model/testReport.ts';
import type { ConformanceServer } from './ConformanceServer.ts';

export interface SessionOptions {
  readonly engine?: EngineSettings;
  readonly password?: string;
  readonly readOnly?: boolean;
  readonly timeouts?: Partial<TimeoutSettings>;
  readonly signal?: AbortSignal;
  readonly onStage?: (stage: Stage) => void;
}

/** Opens a session of an engine that speaks SQL. */
export const openSession = async (
  server: ConformanceServer,
  options: SessionOptions = {},
): Promise<SqlConnection> => requireSql(await openConnection(server, options));

/** Opens a connection as the app does, through the factory. */
export function openConnection(
  server: Pick<ConformanceServer, 'engine' | 'password'>,
  options: SessionOptions = {},
): Promise<Connection> {
  const { engine = server.engine, password = server.password, signal = neverAborted, onStage } = options;
  return new ConnectionFactory(systemClock).connect(
    {
      engine,
      readOnly: options.readOnly ?? false,
      timeouts: { ...defaultTimeoutSettings, ...options.timeouts },
      secret: () => Promise.resolve(password),
      applicationName: 'Mooring tests',
    },
    { signal, ...(onStage === undefined ? {} : { onStage }) },
  );
}
