/**
 * Property tests as the mutation tests run them: the same few values for each mutant, and no search for the smallest
 * one that fails. A mutant is then killed or not by the code alone, and each takes a fraction of the time.
 */
import fc from 'fast-check';

const MAX_RUNS = 50;

// Loaded for each test file, in one worker.
if (fc.readConfigureGlobal().endOnFailure !== true) {
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  fc.installGlobalPlugin(() => firstRunsOnly());
}

/** Passes what comes after the first values without trying it: a test sets its own count, which nothing else can lower. */
function firstRunsOnly() {
  let runCount = 0;
  /** @type {any} */
  let lastValue;
  return {
    /** @param {any} generate */
    decorateGenerate: (generate) => (/** @type {any} */ random, /** @type {any} */ runId) => {
      if (runCount < MAX_RUNS) lastValue = generate(random, runId);
      return lastValue;
    },
    /** @param {any} run */
    decorateRun: (run) => (/** @type {any} */ value) => {
      runCount += 1;
      return runCount <= MAX_RUNS ? run(value) : null;
    },
  };
}
