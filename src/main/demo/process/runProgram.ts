import { spawn } from 'node:child_process';
import { abortReason, onAbort } from '../../base/abort.ts';
import { serverEnvironment } from './serverEnvironment.ts';
import { TextTail } from './TextTail.ts';

/** How a program ended. `exitCode` is null when a signal ended it. */
export interface ProgramResult {
  readonly exitCode: number | null;
  /** The last of what it wrote, standard output and error together. */
  readonly output: string;
}

/**
 * Runs a program of the server to its end. When the signal aborts, it is killed; either way the promise settles only
 * when the program and its children have closed their output, so that its files may be deleted then.
 * @throws the abort's reason, or Node's error when it could not be started
 */
export function runProgram(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: serverEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    const tail = new TextTail();
    child.stdout.on('data', (chunk: Buffer) => tail.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => tail.push(chunk));
    const listening = onAbort(signal, () => child.kill('SIGKILL'));
    child.once('error', (error) => {
      listening.dispose();
      reject(error);
    });
    child.once('close', (exitCode) => {
      listening.dispose();
      if (signal.aborted) reject(abortReason(signal));
      else resolve({ exitCode, output: tail.text });
    });
  });
}
