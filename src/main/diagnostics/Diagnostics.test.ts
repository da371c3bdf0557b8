import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { someErrorDto } from '../../../tests/support/someErrorDto.ts';
import { temporaryFolder } from '../../../tests/support/testStore.ts';
import { defaultPreferences } from '../../shared/model/defaults.ts';
import { maxDiagnosticsLength } from '../../shared/model/diagnostics.ts';
import type { LogLine } from '../../shared/model/log.ts';
import type { SourceState } from '../../shared/model/sourceState.ts';
import { defaultAppLockSettings, type VaultStatus } from '../../shared/model/vault.ts';
import { neverAborted } from '../base/abort.ts';
import { defaultLogSettings } from '../observability/log/LogLevels.ts';
import { MetricsCollector } from '../observability/MetricsCollector.ts';
import type { DiagnosticSources } from './DiagnosticFacts.ts';
import { Diagnostics } from './Diagnostics.ts';

/** Whatever of this is in a text that people send to others is a leak. */
const canary = 'canary-db.example.com';

const line = (overrides: Partial<LogLine> = {}): LogLine => ({
  at: Date.UTC(2026, 0, 1),
  level: 'warn',
  scope: 'connections',
  correlationId: null,
  message: 'A call failed',
  fields: {},
  error: null,
  ...overrides,
});

const vault: VaultStatus = {
  mode: 'keychain',
  lock: 'open',
  hasPassphrase: false,
  key: { version: 3, createdAt: 0 },
  lastRotationAt: null,
  retiredKeyCount: 1,
  secretCount: 12,
  rotationDue: false,
  problem: someErrorDto('VAULT_UNAVAILABLE'),
  appLock: defaultAppLockSettings,
  appLocked: false,
};

function collectWith(overrides: Partial<DiagnosticSources> = {}) {
  const clock = new FakeClock();
  const folder = temporaryFolder();
  const diagnostics = new Diagnostics({
    sources: {
      version: '1.2.3',
      vault: () => vault,
      audit: () => ({ check: null, checkedAt: null, isSeen: true, keepDays: 90 }),
      demo: () => ({ status: 'absent' }),
      preferences: () => defaultPreferences,
      logSettings: () => defaultLogSettings,
      dataSources: () => [],
      states: () => ({}),
      metrics: (id) => ({ totals: new MetricsCollector(clock).totals(id), newest: null }),
      serverVersion: async () => null,
      newestLines: async () => [],
      ...overrides,
    },
    dialogs: { chooseTarget: async (name, extension) => join(folder, `${name}.${extension}`) },
    clock,
  });
  return { diagnostics, clock, folder, collect: async () => (await diagnostics.collect(neverAborted)).text };
}

describe('the diagnostics', () => {
  it('tell versions, what runs, the vault and what is set', async () => {
    const text = await collectWith().collect();
    expect(text).toContain('- mooring: 1.2.3');
    expect(text).toContain(`- node: ${process.versions.node}`);
    expect(text).toContain('- mode: keychain');
    expect(text).toContain('- problem: VAULT_UNAVAILABLE');
    expect(text).toContain('- days kept: 90');
    expect(text).toContain('## Data sources\nnone');
  });

  it('tell of a data source its engine, state, codes and figures, and never whose it is', async () => {
    const dataSource = someDataSource({ name: canary });
    const reason = {
      ...someErrorDto('CONNECTION_REFUSED'),
      title: canary,
      detail: canary,
      driverCode: 'ECONNREFUSED',
    };
    const state: SourceState = { status: 'failed', since: 0, reason };
    const text = await collectWith({
      dataSources: () => [dataSource],
      states: () => ({ [dataSource.id]: state }),
    }).collect();
    expect(text).toContain(`- ${dataSource.id}: postgres; failed (CONNECTION_REFUSED ECONNREFUSED)`);
    expect(text).not.toContain('canary');
    expect(text).not.toContain('db.example');
  });

  it('tell the version of a server that says it, and do not wait for one that does not', async () => {
    const [quick, slow] = [someDataSource(), someDataSource()];
    const ready: SourceState = { status: 'ready', since: 0 };
    const { collect, clock } = collectWith({
      dataSources: () => [quick, slow],
      states: () => ({ [quick.id]: ready, [slow.id]: ready }),
      serverVersion: (id, signal) =>
        id === quick.id
          ? Promise.resolve(`18.4 (${canary})`)
          : new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('late')))),
    });
    const collecting = collect();
    await expect.poll(() => clock.pendingCount).toBe(1);
    await clock.advance(2_000);
    const text = await collecting;
    expect(text).toContain(`${quick.id}: postgres 18.4; ready`);
    expect(text).toContain(`${slow.id}: postgres; ready`);
    expect(text).not.toContain('canary');
  });

  it.each([
    [
      'the text of an error',
      { error: { name: 'AppError', code: 'AUTH_FAILED', message: canary, stack: canary } },
    ],
    ['the name of an error', { error: { name: `no ${canary}`, code: null, message: '' } }],
    ['the code of an error', { error: { name: 'Error', code: `getaddrinfo ${canary}`, message: '' } }],
    [
      'a cause',
      { error: { name: 'E', code: 'A', message: '', cause: { name: 'E', code: canary, message: canary } } },
    ],
    [
      'a field',
      { fields: { reason: canary, fileName: canary, code: `SELECT ${canary}`, status: `at ${canary}` } },
    ],
    ['the name of a field', { fields: { [canary]: 1 } }],
    ['a correlation id', { correlationId: canary }],
    ['a scope', { scope: `${canary} x` }],
  ] satisfies [string, Partial<LogLine>][])('leave out %s', async (_, overrides) => {
    const text = await collectWith({ newestLines: async () => [line(overrides)] }).collect();
    expect(text).toContain('A call failed');
    expect(text).not.toContain('canary');
  });

  it('count the errors in the log by code, the latest first', async () => {
    const failed = (code: string, at: number) => line({ at, error: { name: 'AppError', code, message: '' } });
    const text = await collectWith({
      newestLines: async () => [
        failed('AUTH_FAILED', 3),
        failed('POOL_TIMEOUT', 2),
        failed('AUTH_FAILED', 1),
      ],
    }).collect();
    expect(text).toContain(
      '## Errors in the log\nAUTH_FAILED × 2, last 1970-01-01T00:00:00.003Z: A call failed\nPOOL_TIMEOUT × 1',
    );
  });

  it('stay one line a line, and of bounded size, whatever is in the log', async () => {
    const message = `first\n## Vault\n${'x'.repeat(50_000)}`;
    const text = await collectWith({
      newestLines: async () => new Array<LogLine>(200).fill(line({ message })),
      dataSources: () => Array.from({ length: 1_000 }, () => someDataSource()),
    }).collect();
    expect(text.length).toBeLessThan(maxDiagnosticsLength);
    expect(text.split('\n## Vault')).toHaveLength(2);
    expect(text).toContain('and 900 more');
  });

  it('are saved as they were shown, and only those', async () => {
    const { diagnostics, folder } = collectWith();
    const first = await diagnostics.collect(neverAborted);
    const second = await diagnostics.collect(neverAborted);
    await expect(diagnostics.save(first.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await diagnostics.save(second.id)).toBe('mooring-diagnostics-2026-01-01.md');
    expect(readFileSync(join(folder, 'mooring-diagnostics-2026-01-01.md'), 'utf8')).toBe(second.text);
  });
});
