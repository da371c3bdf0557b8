/**
 * Mutation tests (`npm run test:mutation`, see docs/development.md): what is at the heart of the product is changed in
 * one small way after the other, and for each change a unit test must fail.
 */

export default {
  mutate: [
    'src/main/base/**/*.ts',
    'src/main/sessions/**/*.ts',
    'src/main/vault/**/*.ts',
    // The gate: what stands between a page and the services.
    'src/main/ipc/*.ts',
    'src/shared/**/*.ts',
    // Lists of what a completion offers.
    '!src/shared/sql/standardWords.ts',
    '!src/shared/engines/*/sql/words.ts',
    '!src/**/*.test.ts',
    // Runs in a process of its own, in which no mutant is active; the integration tests run it.
    '!src/main/vault/keychain/keychainHelper.ts',
  ],
  // The tests of the same rooms: what only the test of another room notices, its own room does not prove.
  testFiles: [
    'src/main/{base,sessions,vault}/**/*.test.ts',
    'src/main/ipc/*.test.ts',
    'src/shared/**/*.test.ts',
  ],
  dryRunTimeoutMinutes: 15,
  testRunner: 'vitest',
  // `related` would look up the imports of every test file again for each mutant; which tests reach it is known already.
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner', './scripts/mutation/humanText.mjs'],
  // Titles, causes and fixes of errors and lines of the log are more than a third of all mutants, and a test that repeats
  // a sentence proves nothing about it. Codes, keys, SQL and everything else that decides something is mutated.
  ignorers: ['human-text'],
  // A mutant at the top level of a module cannot be tried in a worker that has loaded the module already, and all mutants
  // share one (vitest.mutation.config.ts): it would always count as a survivor.
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20_000,
  // Two cores: a test that waits for a mutant with an endless loop must not be waited for long.
  timeoutFactor: 2,
  incremental: true,
  incrementalFile: 'artifacts/mutation/incremental.json',
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['/artifacts', '/dist', '/docs', '/out', '/tests/e2e', '/tests/tour'],
  reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
  eventReporter: { baseDir: 'artifacts/mutation/events' },
  htmlReporter: { fileName: 'artifacts/mutation/report.html' },
  jsonReporter: { fileName: 'artifacts/mutation/report.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  thresholds: { high: 95, low: 85, break: 85 },
};
