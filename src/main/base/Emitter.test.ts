import { expect, it, onTestFinished } from 'vitest';
import { Emitter } from './Emitter.ts';

/** Catches what the process would log; Vitest's own listeners would fail the run for it. */
function unhandled(event: 'unhandledRejection' | 'uncaughtException'): unknown[] {
  const errors: unknown[] = [];
  const others = process.rawListeners(event) as NodeJS.UnhandledRejectionListener[];
  process.removeAllListeners(event);
  process.on(event, (error: unknown) => void errors.push(error));
  onTestFinished(() => {
    process.removeAllListeners(event);
    for (const listener of others) process.on(event, listener);
  });
  return errors;
}

it('calls every listener although one throws, and ends nothing: its error is left for the log of the app', async () => {
  const rejections = unhandled('unhandledRejection');
  const exceptions = unhandled('uncaughtException');
  const emitter = new Emitter<number>();
  const heard: number[] = [];
  const fault = new Error('a fault of a listener');
  emitter.on(() => {
    throw fault;
  });
  emitter.on((payload) => heard.push(payload));
  emitter.emit(7);
  expect(heard).toEqual([7]);
  await expect.poll(() => rejections).toEqual([fault]);
  expect(exceptions).toEqual([]);
});

it('calls each listener with what is emitted until it is disposed, also of one that is disposed meanwhile', () => {
  const emitter = new Emitter<number>();
  const heard: string[] = [];
  const first = emitter.on((payload) => {
    heard.push(`first ${payload}`);
    second.dispose();
  });
  const second = emitter.on((payload) => heard.push(`second ${payload}`));
  emitter.emit(1);
  first.dispose();
  first.dispose();
  emitter.emit(2);
  expect(heard).toEqual(['first 1', 'second 1']);
});
