import { neverAborted } from '../../base/abort.ts';
import { demoUnavailable } from '../demoErrors.ts';
import type { PostgresBinaries } from './binaries.ts';
import { runProgram } from './runProgram.ts';

/** Programs that are known to run here, and the major version whose clusters they read. */
export interface Toolchain {
  readonly binaries: PostgresBinaries;
  readonly majorVersion: number;
}

/** @throws DEMO_UNAVAILABLE when the programs cannot run on this computer or for this user */
export async function checkToolchain(binaries: PostgresBinaries): Promise<Toolchain> {
  if (process.getuid?.() === 0) {
    throw demoUnavailable(
      'PostgreSQL refuses to run as the administrator (root), because a vulnerability in it would then expose the whole computer.',
      'Start Mooring as a normal user.',
    );
  }
  const { output } = await runProgram(binaries.postgres, ['--version'], neverAborted).catch(
    (error: unknown) => {
      throw cannotRun(error instanceof Error ? error.message : '', error);
    },
  );
  const version = /\(PostgreSQL\) (\d{1,3})/.exec(output)?.[1];
  if (version === undefined) throw cannotRun(output);
  return { binaries, majorVersion: Number(version) };
}

function cannotRun(output: string, cause?: unknown) {
  return demoUnavailable(
    `The demo server's program does not run on this computer: ${output.trim().slice(0, 300)}`,
    'Reinstall Mooring, or use a newer version of your operating system.',
    cause,
  );
}
