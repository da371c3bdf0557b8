import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neverAborted } from '../../src/main/base/abort.ts';
import { newRun, realSeed } from '../integration/demo/newRun.ts';
import { MemorySecrets } from '../support/MemorySecrets.ts';
import { type Figure, timed } from './figures.ts';

/** The demo server's first use and a later start, as the app does them. */
export async function measureDemo(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'));
  const secrets = new MemorySecrets();
  const first = newRun(folder, realSeed, secrets);
  try {
    const firstMs = await timed(() => first.prepare(neverAborted));
    await first.stop(2_000);
    const second = newRun(folder, realSeed, secrets);
    const laterMs = await timed(() => second.prepare(neverAborted));
    await second.stop(2_000);
    return [
      { name: 'demo, first use', value: firstMs / 1_000, unit: 's', against: 'promised: under 10 s' },
      { name: 'demo, later start', value: laterMs, unit: 'ms', against: 'promised: under 1,000 ms' },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
