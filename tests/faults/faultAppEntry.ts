/**
 * The app without a window in a process of its own, which a test may stop and kill. It is called as the window calls it,
 * by messages, and says what becomes of runs. Argument: its data folder.
 */
import '../support/faults/settableClock.ts';
import type { z } from 'zod';
import { systemClock } from '../../src/main/base/Clock.ts';
import { SleepWatch } from '../../src/main/platform/SleepWatch.ts';
import { runSchema } from '../../src/shared/model/runs.ts';
import { FileKeychain } from '../support/FileKeychain.ts';
import { WindowlessApp } from '../support/WindowlessApp.ts';
import { nodeWorkerProcess } from '../support/workerProcess.ts';
import { type fromAppSchema, toAppSchema } from './appMessages.ts';

const [folder = ''] = process.argv.slice(2);
const app = new WindowlessApp({
  folder,
  keychain: new FileKeychain(folder),
  workerProcess: nodeWorkerProcess(new URL('./faultWorkerEntry.ts', import.meta.url)),
  isLogged: true,
});
const post = (message: z.input<typeof fromAppSchema>): void => void process.send?.(message);

app.onPublished.on(({ name, payload }) => {
  if (name === 'runs.changed') post({ type: 'run', run: runSchema.parse(payload) });
});
process.on('message', (message) => {
  const { id, name, input } = toAppSchema.parse(message);
  void app.send(name, input).then((answer) => post({ type: 'answer', id, answer }));
});
new SleepWatch(systemClock, () => app.life.powerEvent('resume')).start();
// The app logs a rejection that nobody handled, and goes on.
process.on('unhandledRejection', (reason) => app.log.logger.error('A rejection was not handled', {}, reason));
