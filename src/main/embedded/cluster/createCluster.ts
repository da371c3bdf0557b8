import { randomBytes } from 'node:crypto';
import { throwIfAborted } from '../../base/abort.ts';
import { serverFailed } from '../embeddedErrors.ts';
import { scramVerifier } from '../login/serverPassword.ts';
import type { PostgresBinaries } from '../process/binaries.ts';
import { runProgram } from '../process/runProgram.ts';
import type { ServerSpec } from '../ServerSpec.ts';
import { includeSettings } from './clusterSettings.ts';
import { inSingleUserMode } from './inSingleUserMode.ts';
import { readSeed } from './seedScript.ts';

export interface CreateOptions {
  readonly binaries: PostgresBinaries;
  /** A folder that does not exist yet. */
  readonly folder: string;
  readonly spec: ServerSpec;
  /** Holds the SQL files that fill the database; null: it stays empty. */
  readonly seedFolder: string | null;
  readonly password: string;
  readonly signal: AbortSignal;
  /** Told what is being done and how far all of it is, 0 to 1. */
  readonly onProgress: (step: string, progress: number) => void;
}

/** Share of initdb in the whole; measured: 0.8 of 3.5 s. */
const initdbShare = 0.22;
const seedShare = 0.7;

/**
 * While the cluster is being made nothing needs to survive a crash, since a half-made one is thrown away; all of it is
 * flushed to the disk at the end. The memory is for building indexes, in one process and for two seconds.
 */
const hastySettings = [
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'shared_buffers=128MB',
  'work_mem=32MB',
  'maintenance_work_mem=64MB',
];

/**
 * Makes a cluster with the server's one role and database in it, shut down cleanly and safe on the disk. What fails leaves the folder
 * for the caller to delete.
 * @throws EmbeddedError, DISK_FULL or the abort's reason
 */
export async function createCluster(options: CreateOptions): Promise<void> {
  options.onProgress('Creating a database cluster', 0);
  await initialise(options);
  await includeSettings(options.folder, options.spec);
  await createDatabase(options);
  if (options.seedFolder !== null) await fillDatabase(options, options.seedFolder);
  options.onProgress('Saving everything to disk', initdbShare + seedShare);
  await runInitdb(options, ['--sync-only']);
}

async function initialise(options: CreateOptions): Promise<void> {
  await runInitdb(options, [
    '--username=postgres',
    // Nobody may log in, so the superuser needs no password; `includeSettings` lets the one role in.
    '--auth=reject',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    // Small pieces of write-ahead log: it is most of what a small cluster takes on the disk.
    '--wal-segsize=4',
    '--no-sync',
    '--no-instructions',
  ]);
}

async function runInitdb(options: CreateOptions, args: readonly string[]): Promise<void> {
  const { binaries, folder, signal } = options;
  const result = await runProgram(binaries.initdb, [`--pgdata=${folder}`, ...args], signal);
  if (result.exitCode !== 0) throw serverFailed('created', result.output);
}

/**
 * In single-user mode object ids go on where initdb ended, below 16384, by which many tools tell the system's objects
 * from people's. Ids that a rolled-back statement drew are never given again, so this draws the rest of them.
 */
const skipSystemIds = 'BEGIN; SELECT count(lo_create(0)) FROM generate_series(12000, 16384); ROLLBACK';

async function createDatabase(options: CreateOptions): Promise<void> {
  const { binaries, folder, spec, password, signal } = options;
  const session = { binaries, folder, database: 'postgres', settings: hastySettings, signal };
  await inSingleUserMode(session, async (run) => {
    await run(skipSystemIds);
    await run(`CREATE ROLE ${spec.role} LOGIN PASSWORD '${newVerifier(password)}'`);
    await run(`CREATE DATABASE ${spec.database} OWNER ${spec.role}`);
  });
}

async function fillDatabase(options: CreateOptions, seedFolder: string): Promise<void> {
  const { binaries, folder, spec, signal } = options;
  const scripts = await readSeed(seedFolder);
  const totalLength = scripts.flatMap((script) => script.statements).join('').length;
  let doneLength = 0;
  const session = { binaries, folder, database: spec.database, settings: hastySettings, signal };
  await inSingleUserMode(session, async (run) => {
    await run(`SET SESSION AUTHORIZATION ${spec.role}`);
    for (const script of scripts) {
      for (const statement of script.statements) {
        throwIfAborted(signal);
        options.onProgress(script.title, initdbShare + (seedShare * doneLength) / totalLength);
        await run(statement);
        doneLength += statement.length;
      }
    }
  });
}

/**
 * Gives the role a new password, in a cluster whose server does not run.
 * @throws EmbeddedError or the abort's reason
 */
export async function changePassword(
  options: Pick<CreateOptions, 'binaries' | 'folder' | 'spec' | 'password' | 'signal'>,
): Promise<void> {
  const { binaries, folder, spec, password, signal } = options;
  const session = { binaries, folder, database: 'postgres', settings: [], signal };
  await inSingleUserMode(session, (run) =>
    run(`ALTER ROLE ${spec.role} LOGIN PASSWORD '${newVerifier(password)}'`),
  );
}

function newVerifier(password: string): string {
  return scramVerifier(password, randomBytes(16));
}
