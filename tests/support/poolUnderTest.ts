import { silentLogger } from '../../src/main/observability/Logger.ts';
import { ConnectionPool } from '../../src/main/sessions/pool/ConnectionPool.ts';
import type { Reservations } from '../../src/main/sessions/pool/Reservations.ts';
import { defaultPoolSettings, type PoolSettings } from '../../src/shared/model/poolSettings.ts';
import type { FakeClock } from './FakeClock.ts';
import type { FakeOpener } from './FakeConnection.ts';

/** A pool of at most three fake connections that keeps none, but for the settings that the test names. */
export function poolUnderTest(
  clock: FakeClock,
  opener: FakeOpener,
  settings: Partial<PoolSettings> = {},
  reservations?: Reservations,
): ConnectionPool {
  return new ConnectionPool({
    settings: { ...defaultPoolSettings, min: 0, max: 3, ...settings },
    ...(reservations !== undefined && { reservations }),
    open: opener.open,
    clock,
    logger: silentLogger,
    random: () => 0,
    onWaited: () => undefined,
  });
}
