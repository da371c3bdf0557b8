import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import type { ConnectTarget } from '../../src/main/connectors/Connector.ts';
import { silentLogger } from '../../src/main/observability/Logger.ts';
import { ManagedSource, type ManagedSourceOptions } from '../../src/main/sessions/ManagedSource.ts';
import { ConnectLimit } from '../../src/main/sessions/resilience/ConnectLimit.ts';
import { defaultPoolSettings } from '../../src/shared/model/poolSettings.ts';
import { type FieldOverrides, someDataSource } from './dataSources.ts';
import type { FakeClock } from './FakeClock.ts';
import { someTarget } from './someTarget.ts';

export interface SourceUnderTestOptions extends Partial<Omit<ManagedSourceOptions, 'clock' | 'connect'>> {
  readonly clock: FakeClock;
  readonly connect: (signal: AbortSignal, target: ConnectTarget) => Promise<SqlConnection>;
  readonly fields?: FieldOverrides;
}

/** A managed source of one to three connections over what the test says a connect does. */
export function sourceUnderTest({ connect, fields = {}, ...options }: SourceUnderTestOptions): ManagedSource {
  const pool = { ...defaultPoolSettings, min: 1, max: 3, acquireTimeoutMs: 5_000 };
  const dataSource = someDataSource({ pool, ...fields });
  return new ManagedSource({
    dataSource,
    targets: { forDataSource: async (current) => someTarget(current) },
    connect: (target, signal) => connect(signal, target),
    limit: new ConnectLimit(options.clock),
    answeredCount: () => 0,
    logger: silentLogger,
    random: () => 0.5,
    onState: () => undefined,
    onHealth: () => undefined,
    onWaited: () => undefined,
    onReconnecting: () => undefined,
    ...options,
  });
}
