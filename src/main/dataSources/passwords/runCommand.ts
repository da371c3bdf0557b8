import { type ChildProcess, spawn } from 'node:child_process';
import { homedir } from 'node:os';
import { throwIfAborted } from '../../base/abort.ts';
import { programEnd } from '../../base/programEnd.ts';
import { commandEnvironment } from './commandEnvironment.ts';

/** A token of a cloud has some thousand characters. */
const maxOutputBytes = 64 * 1024;
/** Of what it complains about, the end says why. */
const maxComplaintLength = 2_000;

/** How a command ended. */
export interface CommandResult {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly output: Buffer;
  /** The last that it wrote to its standard error, as it came. */
  readonly complaint: string;
  /** It wrote more than any password has, and was ended. */
  readonly isTooLong: boolean;
}

/**
 * Runs a program with its arguments as they are: no shell reads them. It gets no input, a small environment, and the home
 * folder to run in. When the signal aborts it is killed, with all that it has started.
 * @throws an errno when it could not be started, or the abort's reason; it has ended then
 */
export async function runCommand(argv: readonly string[], signal: AbortSignal): Promise<CommandResult> {
  throwIfAborted(signal);
  const [program = '', ...words] = argv;
  const child = spawn(program, words, {
    shell: false,
    windowsHide: true,
    // A group of its own, so that what it has started can be ended with it.
    detached: process.platform !== 'win32',
    cwd: homedir(),
    env: commandEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  let length = 0;
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > maxOutputBytes) kill(child);
    else output.push(chunk);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-maxComplaintLength);
  });
  const exitCode = await programEnd(child, signal, () => kill(child));
  return { exitCode, output: Buffer.concat(output), complaint, isTooLong: length > maxOutputBytes };
}

function kill(child: ChildProcess): void {
  // What it has started may hold its output open, which would be waited for.
  child.stdout?.destroy();
  child.stderr?.destroy();
  if (child.pid === undefined || process.platform === 'win32') {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
