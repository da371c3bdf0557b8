/**
 * The app's worker with the short times of tests. With arguments it halts once, in its first run: at `begin`, before it takes hold of the destination, or at `write`, before its
 * second batch. It makes the file `<path>` then, and goes on when `<path>.go` is there. One that `blocks` has an event loop
 * that stands still meanwhile, and no heartbeat afterwards either, so that nothing but the destination keeps it from
 * writing; one that `waits` keeps its run.
 *
 * Arguments: none, or `blocks` or `waits`, `begin` or `write`, and the path.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { neverAborted, pause } from '../../../src/main/base/abort.ts';
import { systemClock } from '../../../src/main/base/Clock.ts';
import { runPipeline } from '../../../src/main/sync/copy/PipelineRun.ts';
import type { RunParts } from '../../../src/main/sync/copy/RunParts.ts';
import { serveWorker } from '../../../src/main/sync/worker/serveWorker.ts';
import { nodeWorkerPort, realRunParts } from '../nodeWorkerPort.ts';
import { shortTimings } from '../shortTimings.ts';

const [manner, step, path = ''] = process.argv.slice(2);
const isBlocking = manner === 'blocks';
const sliceMs = 20;
const neverMs = 3_600_000;
/** Long enough that a busy machine does not lose runs all the time. */
const timings = { ...shortTimings, lockMs: 4_000 };
let hasHalted = false;

function block(): void {
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(`${path}.go`)) Atomics.wait(nothing, 0, 0, sliceMs);
}

async function halt(): Promise<void> {
  if (hasHalted) return;
  hasHalted = true;
  writeFileSync(path, '');
  if (isBlocking) block();
  while (!existsSync(`${path}.go`)) await pause(systemClock, sliceMs, neverAborted);
}

function haltingParts(): RunParts {
  const parts = realRunParts();
  return {
    ...parts,
    openSink(request) {
      const sink = parts.openSink(request);
      let batchCount = 0;
      return {
        async begin() {
          if (step === 'begin') await halt();
          return sink.begin();
        },
        async write(rows, position, onRefused) {
          batchCount += 1;
          if (step === 'write' && batchCount === 2) await halt();
          return sink.write(rows, position, onRefused);
        },
        finish: (position) => sink.finish(position),
        close: () => sink.close(),
      };
    },
  };
}

serveWorker(
  nodeWorkerPort,
  (bundle, taken) => runPipeline(bundle, taken, haltingParts()),
  isBlocking ? { ...timings, heartbeatMs: neverMs } : timings,
);
