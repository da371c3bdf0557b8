import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { onTestFinished } from 'vitest';

export type TypeScriptProcess = ChildProcessByStdio<null, Readable, null>;

const registerUrl = new URL('./register.mjs', import.meta.url).href;

/** Runs a TypeScript file in a Node process of its own, which is gone after the running test at the latest. */
export function spawnTypeScript(
  script: URL,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): TypeScriptProcess {
  const child = spawn(process.execPath, ['--import', registerUrl, script.pathname, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** What the process writes, line by line, until it ends. */
export function linesOf(child: TypeScriptProcess): AsyncIterable<string> {
  return createInterface({ input: child.stdout });
}

/** Waits for the end of the process and of its output. */
export async function ended(
  child: TypeScriptProcess,
): Promise<{ code: number | null; signal: string | null }> {
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('close', resolve));
  }
  return { code: child.exitCode, signal: child.signalCode };
}
