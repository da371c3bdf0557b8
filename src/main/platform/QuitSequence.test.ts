import { describe, expect, it } from 'vitest';
import { FakeClock, settle } from '../../../tests/support/FakeClock.ts';
import { silentLogger } from '../observability/Logger.ts';
import { QuitSequence } from './QuitSequence.ts';

function prepare(shutdown: () => Promise<void>, answer: Promise<boolean> = Promise.resolve(true)) {
  const clock = new FakeClock();
  const steps: string[] = [];
  const quit = new QuitSequence({
    mayQuit: (signal) => {
      steps.push('asked');
      signal.addEventListener('abort', () => steps.push('question closed'));
      return answer;
    },
    begin: async () => void steps.push('begin'),
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

  it('ends the process after some twelve seconds when something does not close', async () => {
    const { clock, steps, quit } = prepare(never);
    quit.request();
    await clock.advance(12_249);
    expect(steps).not.toContain('exit 0');
    await clock.advance(1);
    expect(steps).toContain('exit 0');
  });

  it('ends the process at once when asked a second time', async () => {
    const { steps, quit } = prepare(never);
    await quit.ask();
    await settle();
    await quit.ask();
    expect(steps).toEqual(['asked', 'begin', 'shutdown', 'exit 0']);
  });

  it('goes on as before when the person keeps it open, and asks again the next time', async () => {
    const { steps, quit } = prepare(never, Promise.resolve(false));
    await quit.ask();
    await quit.ask();
    expect(steps).toEqual(['asked', 'asked']);
  });

  it('asks once at a time', () => {
    const { steps, quit } = prepare(never, new Promise(() => undefined));
    void quit.ask();
    void quit.ask();
    expect(steps).toEqual(['asked']);
  });

  it('does not wait for an answer when the system shuts down', async () => {
    let answer: (mayQuit: boolean) => void = () => undefined;
    const { steps, quit } = prepare(
      never,
      new Promise((resolve) => {
        answer = resolve;
      }),
    );
    void quit.ask();
    quit.request();
    answer(false);
    await settle();
    expect(steps).toEqual(['asked', 'question closed', 'begin', 'shutdown']);
  });

  it('ends the process when closing fails', async () => {
    const { clock, steps, quit } = prepare(() => Promise.reject(new Error('disk')));
    quit.request();
    await settle();
    expect(steps).toContain('exit 0');
    expect(clock.pendingCount).toBe(0);
  });
});
