/** Entry of the thread of keptThread.ts: serves one run of vitest after the other. */

import { parentPort } from 'node:worker_threads';
import { init, runBaseTests, setupEnvironment } from 'vitest/worker';

if (parentPort === null) throw new Error('This runs in a worker thread only.');
const port = parentPort;
serveRun();

function serveRun() {
  init({
    post: (response) => port.postMessage(response),
    on: (callback) => port.on('message', callback),
    off: (callback) => port.off('message', callback),
    teardown: () => {
      port.removeAllListeners('message');
      serveRun();
    },
    runTests: (state, traces) => runBaseTests('run', state, traces),
    collectTests: (state, traces) => runBaseTests('collect', state, traces),
    setup: setupEnvironment,
  });
}
