/**
 * `npm run test:matrix`: the conformance suite and the tests of the catalogue against PostgreSQL 12 to 18, PgBouncer and
 * Pgpool-II in front of one, MariaDB and MySQL. Names behind `--` run only those: `npm run test:matrix -- postgres-15 pgbouncer`.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ensureOlderPostgres,
  ensurePooler,
  matrixFolder,
  olderPostgres,
  poolerProgram,
  postgresPrograms,
} from './bootstrap/matrixServers.mjs';
import { runScript, SetupError, say } from './bootstrap/report.mjs';
import { bootstrap } from './bootstrap.mjs';
import { runInSession } from './session.mjs';

const POSTGRES_TESTS = [
  'tests/conformance/postgres18.test.ts',
  ...['catalogue', 'definitions', 'overview', 'readOnly.exploit'].map(
    (name) => `tests/integration/connectors/postgres/${name}.test.ts`,
  ),
];
const REPORT = 'matrix.json';

/**
 * @typedef {object} Column
 * @property {string} name
 * @property {string[]} tests
 * @property {Record<string, string>} [env]
 * @property {string} [project] of vitest
 * @property {() => Promise<void>} [ensure]
 */

/** @type {Column[]} */
const columns = [
  ...olderPostgres.map((major) => ({
    name: `postgres-${major}`,
    tests: POSTGRES_TESTS,
    env: { MOORING_POSTGRES_PROGRAMS: postgresPrograms(major), MOORING_POSTGRES_NAME: `PostgreSQL ${major}` },
    ensure: () => ensureOlderPostgres(major),
  })),
  { name: 'postgres-18', tests: POSTGRES_TESTS },
  {
    name: 'pgbouncer',
    project: 'matrix',
    tests: ['tests/matrix/pgBouncer.test.ts'],
    env: { MOORING_PGBOUNCER: poolerProgram('pgbouncer') },
    ensure: () => ensurePooler('pgbouncer'),
  },
  {
    name: 'pgpool',
    project: 'matrix',
    tests: ['tests/matrix/pgpool.test.ts'],
    env: { MOORING_PGPOOL: poolerProgram('pgpool') },
    ensure: () => ensurePooler('pgpool'),
  },
  { name: 'mariadb', tests: ['tests/conformance/mariadb.test.ts', 'tests/integration/connectors/mysql/'] },
  { name: 'mysql', tests: ['tests/conformance/mysql.test.ts'] },
];

await runScript(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => !columns.some((column) => column.name === name));
  if (unknown !== undefined) {
    throw new SetupError(
      `There is no ${unknown} in the matrix: ${columns.map(({ name }) => name).join(', ')}.`,
    );
  }
  const electron = await bootstrap({ headless: true, testServers: true });
  const rows = [];
  for (const column of columns.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
    await column.ensure?.();
    rows.push(await run(column, electron));
  }
  say(table(rows));
  return rows.every(({ failed, status }) => failed === 0 && status === 0) ? 0 : 1;
});

/**
 * @param {Column} column
 * @param {import('./bootstrap/electronRuntime.mjs').ElectronRuntime} electron
 */
async function run({ name, tests, env = {}, project = 'integration' }, electron) {
  say(`Matrix: ${name}`);
  const artifacts = mkdtempSync(path.join(tmpdir(), 'mooring-matrix-'));
  try {
    const vitest = [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      project,
      '--configLoader',
      'runner',
    ];
    const { status } = await runInSession(
      ({ artifacts: seen }) => {
        const report = `--outputFile.json=${path.join(seen, REPORT)}`;
        return ['node', ...vitest, '--reporter=dot', '--reporter=json', report, ...tests];
      },
      { electron, artifacts, env, matrix: matrixFolder() },
    );
    return { name, status, ...counts(path.join(artifacts, REPORT)) };
  } finally {
    rmSync(artifacts, { recursive: true, force: true });
  }
}

/** @param {string} file */
function counts(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    const { numPassedTests: passed, numFailedTests, numPendingTests: skipped, success } = report;
    // A suite whose server does not start has no test that fails.
    return { passed, failed: success ? 0 : Math.max(1, numFailedTests), skipped };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** @param {{ name: string, passed: number, failed: number, skipped: number }[]} rows */
function table(rows) {
  const cells = [
    ['server', 'passed', 'failed', 'skipped'],
    ...rows.map(({ name, passed, failed, skipped }) => [name, `${passed}`, `${failed}`, `${skipped}`]),
  ];
  const widths = cells[0].map((_, index) => Math.max(...cells.map((row) => row[index].length)));
  const lines = cells.map((row) => row.map((cell, index) => cell.padEnd(widths[index])).join('  '));
  return ['The matrix:', ...lines].join('\n');
}
