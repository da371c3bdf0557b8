import { describe, expect, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import type { DemoServer } from '../../../src/main/demo/DemoServer.ts';
import { DemoFixture } from './demoFixture.ts';

/** Runs `work` once the demo has come to this step. */
function atStep(demo: DemoServer, step: string, work: () => void): void {
  const listening = demo.onStatus.on((status) => {
    if (!('step' in status) || !status.step.includes(step)) return;
    listening.dispose();
    work();
  });
}

describe('cancelling and sharing the demo’s creation', { timeout: 60_000 }, () => {
  it.each(['Creating a database cluster', 'Filling the shop', 'Saving everything', 'Starting the server'])(
    'leaves neither files nor processes when it is cancelled while “%s”',
    async (step) => {
      const fixture = await DemoFixture.empty();
      const demo = fixture.server();
      const cancel = new AbortController();
      atStep(demo, step, () => cancel.abort());
      await expect(demo.prepare(cancel.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
      const isCreated = step === 'Starting the server';
      expect(demo.status()).toEqual({ status: isCreated ? 'stopped' : 'absent' });
      const left = (await fixture.entries()).filter((name) => name !== 'server.log');
      expect(left).toEqual(isCreated ? ['cluster'] : []);
      await expect(fixture.pid()).rejects.toThrow('no server');
    },
  );

  it('is done once for all who ask at the same time, and goes on when one of them cancels', async () => {
    const fixture = await DemoFixture.empty();
    const demo = fixture.server();
    const impatient = new AbortController();
    let creationCount = 0;
    demo.onStatus.on((status) => {
      if ('progress' in status && status.progress === 0) creationCount += 1;
    });
    atStep(demo, 'Filling the shop', () => impatient.abort());
    const [left, first, second] = await Promise.allSettled([
      demo.prepare(impatient.signal),
      demo.prepare(neverAborted),
      demo.ensureRunning(neverAborted),
    ]);
    expect(left).toMatchObject({ status: 'rejected', reason: { code: 'CANCELLED' } });
    expect(first).toMatchObject({
      status: 'fulfilled',
      value: { engine: { config: { database: 'dafel_db' } }, origin: 'demo' },
    });
    expect(second).toMatchObject({ status: 'fulfilled', value: { host: '127.0.0.1' } });
    expect(creationCount).toBe(1);
  });

  it('is given up when the app quits meanwhile', async () => {
    const fixture = await DemoFixture.empty();
    const demo = fixture.server();
    const prepared = demo.prepare(neverAborted);
    const refused = expect(prepared).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
    await new Promise<void>((resolve) => atStep(demo, 'Filling the shop', resolve));
    await demo.stop(1_500);
    await refused;
    expect(await fixture.entries()).toEqual([]);
  });
});
