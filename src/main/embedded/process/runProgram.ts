import { spawn } from 'node:child_process';
import { programEnd } from '../../base/programEnd.ts';

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
export async function runProgram(
  program: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<ProgramResult> {
  const child = spawn(program, args, {
    env: serverEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const tail = new TextTail();
  child.stdout.on('data', (chunk: Buffer) => tail.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => tail.push(chunk));
  const exitCode = await programEnd(child, signal, () => child.kill('SIGKILL'));
  return { exitCode, output: tail.text };
}

/** What Windows needs to start any program at all. */
const passedOn = ['SystemRoot', 'TEMP', 'TMP'];

/**
 * The environment of the server's programs: theirs alone. Variables of the app or the person (PGDATA, PGPORT, tokens)
 * neither steer the server nor can be read off its processes; messages are in English and times in UTC.
 */
export function serverEnvironment(): Record<string, string> {
  const environment: Record<string, string> = { LC_ALL: 'C', TZ: 'UTC' };
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return environment;
}

const tailLength = 8_192;

/** The end of what a program wrote; the rest is forgotten. */
export class TextTail {
  #text = '';

  push(chunk: Buffer): void {
    this.#text = (this.#text + chunk.toString('utf8')).slice(-tailLength);
  }

  get text(): string {
    return this.#text;
  }
}
