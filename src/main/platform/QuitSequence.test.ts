import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { silentLogger } from '../observability/Logger.ts';
import { QuitSequence } from './QuitSequence.ts';

function prepare(shutdown: () => Promise<void>) {
  const clock = new FakeClock();
  const steps: string[] = [];
  const quit = new QuitSequence({
    begin: () => steps.push('begin'),
    shutdown: () => {
      steps.push('shutdown');
      return shutdown();
    },
    exit: (code) => steps.push(`exit ${code}`),
    clock,
    logger: silentLogger,
  });
  return { clock, steps, quit };
}

const never = () => new Promise<void>(() => undefined);

describe('QuitSequence', () => {
  it('hides the app, closes everything and only then ends the process', async () => {
    let finish: () => void = () => undefined;
    const { steps, quit } = prepare(
      () =>
        new Promise<void>((resolve) => {
          finish = resolve;
        }),
    );
    quit.request(1);
    await settle();
    expect(steps).toEqual(['begin', 'shutdown']);
    finish();
    await settle();
    expect(steps).toEqual(['begin', 'shutdown', 'exit 1']);
  });

  it('ends the process after ten seconds when something does not close', async () => {
    const { clock, steps, quit } = prepare(never);
    quit.request();
    await clock.advance(9_999);
    expect(steps).not.toContain('exit 0');
    await clock.advance(1);
    expect(steps).toContain('exit 0');
  });

  it('ends the process at once when asked a second time', () => {
    const { steps, quit } = prepare(never);
    quit.request();
    quit.request();
    expect(steps).toEqual(['begin', 'shutdown', 'exit 0']);
  });

  it('ends the process when closing fails', async () => {
    const { clock, steps, quit } = prepare(() => Promise.reject(new Error('disk')));
    quit.request();
    await settle();
    expect(steps).toContain('exit 0');
    expect(clock.pendingCount).toBe(0);
  });
});
