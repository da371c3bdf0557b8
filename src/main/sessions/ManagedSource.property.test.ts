import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { FakeConnection } from '../../../tests/support/FakeConnection.ts';
import { sourceUnderTest } from '../../../tests/support/sourceUnderTest.ts';
import { defaultPoolSettings } from '../../shared/model/poolSettings.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted, untilAborted } from '../base/abort.ts';
import type { SqlConnection } from '../connectors/Connection.ts';
import { ConnectionPool } from './pool/ConnectionPool.ts';
import type { Lease } from './pool/Lease.ts';

const refused = new AppError('CONNECTION_REFUSED', { title: 'refused', retryable: true });

/** A server whose connects end when the test says so, in any order; what they end with is said then. */
class ScriptedServer {
  readonly #connects: { resolve: (connection: SqlConnection) => void; reject: (error: Error) => void }[] = [];
  readonly #open = new Set<FakeConnection>();
  /** Answers at once from now on. */
  isHealed = false;

  connect = (signal: AbortSignal): Promise<SqlConnection> => {
    const pending = new Promise<SqlConnection>((resolve, reject) => this.#connects.push({ resolve, reject }));
    if (this.isHealed) this.end(0, true);
    return untilAborted(signal, pending);
  };

  end(index: number, succeeds: boolean): void {
    const [connect] = this.#connects.splice(index % Math.max(1, this.#connects.length), 1);
    if (connect === undefined) return;
    if (!succeeds) {
      connect.reject(refused);
      return;
    }
    const connection = new FakeConnection();
    this.#open.add(connection);
    connect.resolve(connection);
  }

  heal(): void {
    this.isHealed = true;
    while (this.#connects.length > 0) this.end(0, true);
  }

  lose(index: number): void {
    const connection = [...this.#open][index % Math.max(1, this.#open.size)];
    if (connection === undefined) return;
    this.#open.delete(connection);
    connection.lose();
  }
}

const eventArbitrary = fc.oneof(
  { weight: 4, arbitrary: fc.record({ name: fc.constant('connected' as const), which: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ name: fc.constant('refused' as const), which: fc.nat(5) }) },
  { weight: 4, arbitrary: fc.record({ name: fc.constant('lost' as const), which: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.record({ name: fc.constant('acquire' as const) }) },
  { weight: 2, arbitrary: fc.record({ name: fc.constant('release' as const), which: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ name: fc.constant('resume' as const) }) },
  { weight: 2, arbitrary: fc.record({ name: fc.constant('try now' as const) }) },
  { weight: 4, arbitrary: fc.record({ name: fc.constant('wait' as const), ms: fc.nat(40_000) }) },
);
type Event = typeof eventArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

/** Counts attempts under way: an attempt is what opens the first connection. */
function watchAttempts() {
  const attempts = { running: 0, most: 0 };
  const real = ConnectionPool.prototype.warmUp;
  const spy = vi.spyOn(ConnectionPool.prototype, 'warmUp').mockImplementation(async function (
    this: ConnectionPool,
  ) {
    attempts.running += 1;
    attempts.most = Math.max(attempts.most, attempts.running);
    try {
      await real.call(this);
    } finally {
      attempts.running -= 1;
    }
  });
  onTestFinished(() => spy.mockRestore());
  return attempts;
}

function start(min: number) {
  const clock = new FakeClock();
  const server = new ScriptedServer();
  const leases: Lease[] = [];
  const source = sourceUnderTest({
    clock,
    connect: server.connect,
    fields: { pool: { ...defaultPoolSettings, min, max: 3, acquireTimeoutMs: 2_000 } },
  });
  const run = async (event: Event): Promise<void> => {
    if (event.name === 'connected' || event.name === 'refused')
      server.end(event.which, event.name === 'connected');
    if (event.name === 'lost') server.lose(event.which);
    if (event.name === 'acquire')
      source.acquire(neverAborted).then(
        // What is lent and does nothing proves nothing about the server.
        (lease) => (server.isHealed ? lease.release() : leases.push(lease)),
        () => undefined,
      );
    if (event.name === 'release') leases.splice(event.which, 1)[0]?.release();
    if (event.name === 'resume') source.resumed();
    if (event.name === 'try now') source.connect().catch(() => undefined);
    if (event.name === 'wait') await clock.advance(event.ms);
    await settle();
  };
  return { clock, server, source, leases, run };
}

describe('ManagedSource, whatever happens in whatever order', { timeout: 30_000 }, () => {
  it('never stays behind in a state of waiting: once the server is healed it is ready within a minute', async () => {
    const attempts = watchAttempts();
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.array(eventArbitrary, { maxLength: 40 }), async (min, events) => {
        attempts.running = 0;
        attempts.most = 0;
        const { clock, server, source, leases, run } = start(min);
        await run({ name: 'try now' });
        for (const event of events) {
          await run(event);
          const { status } = source.state;
          if (status === 'connecting') expect(attempts.running).toBe(1);
          if (status === 'reconnecting' || status === 'open-circuit')
            expect(attempts.running + clock.pendingCount).toBeGreaterThan(0);
        }
        expect(attempts.most).toBeLessThanOrEqual(1);
        server.heal();
        for (const lease of leases) lease.release();
        await clock.advance(60_000);
        expect(source.state.status).toBe('ready');
        const closed = source.close(1_000);
        await clock.advance(10_000);
        await closed;
        expect(clock.pendingCount).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('leaves neither timer nor attempt nor state behind when it is closed in the middle of anything', async () => {
    const attempts = watchAttempts();
    await fc.assert(
      fc.asyncProperty(
        fc.array(eventArbitrary, { maxLength: 25 }),
        fc.array(eventArbitrary, { maxLength: 10 }),
        async (events, later) => {
          attempts.running = 0;
          const { clock, source, run } = start(1);
          for (const event of events) await run(event);
          const closed = source.close(1_000);
          await clock.advance(10_000);
          await closed;
          for (const event of later) await run(event);
          expect(source.state.status).toBe('closing');
          expect(attempts.running).toBe(0);
          expect(clock.pendingCount).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });
});
