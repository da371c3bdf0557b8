import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { abortReason, onAbort } from '../../base/abort.ts';
import { serverFailed } from '../embeddedErrors.ts';
import type { PostgresBinaries } from '../process/binaries.ts';
import { serverEnvironment, TextTail } from '../process/runProgram.ts';

/** What the backend writes when it is ready for the next statement. */
const prompt = 'backend> ';

/**
 * No statement is ever written out, not even one that fails: some hold a password's verifier. An error ends the session.
 */
const quietSettings = [
  'exit_on_error=on',
  'log_statement=none',
  'log_min_error_statement=panic',
  'log_min_messages=error',
  'log_checkpoints=off',
];

export interface SingleUserOptions {
  readonly binaries: PostgresBinaries;
  /** A cluster whose server does not run. */
  readonly folder: string;
  readonly database: string;
  /** Settings of this session only, as `name=value`. */
  readonly settings: readonly string[];
  readonly signal: AbortSignal;
}

/**
 * Runs `work` against a cluster in PostgreSQL's single-user mode: one backend that reads statements from its standard
 * input. It needs no port, no login and no superuser password, and ends by itself when the app dies. Statements run as
 * the cluster's superuser. When `work` returns, the backend has shut the cluster down cleanly.
 * See https://www.postgresql.org/docs/18/app-postgres.html, "Options for Single-User Mode".
 * @throws EmbeddedError with the server's words when a statement fails; the abort's reason when the signal aborts
 */
export async function inSingleUserMode(
  options: SingleUserOptions,
  work: (run: (statement: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  const session = new SingleUserSession(options);
  try {
    await session.ready();
    await work((statement) => session.run(statement));
    await session.end();
  } finally {
    await session.kill();
  }
}

class SingleUserSession {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #errors = new TextTail();
  readonly #closed: Promise<number | null>;
  /** What came since the last prompt, in case a prompt comes in two pieces. */
  #pending = '';
  #onPrompt: () => void = () => undefined;
  #promptSeen = new Promise<void>((resolve) => {
    this.#onPrompt = resolve;
  });

  constructor({ binaries, folder, database, settings, signal }: SingleUserOptions) {
    const assignments = [...quietSettings, ...settings].flatMap((setting) => ['-c', setting]);
    this.#child = spawn(binaries.postgres, ['--single', '-j', '-D', folder, ...assignments, database], {
      env: serverEnvironment(),
      windowsHide: true,
    });
    const listening = onAbort(signal, () => this.#child.kill('SIGKILL'));
    this.#child.stdout.on('data', (chunk: Buffer) => this.#read(chunk));
    this.#child.stderr.on('data', (chunk: Buffer) => this.#errors.push(chunk));
    // A backend that is gone breaks the pipe; how it went is told by its end.
    this.#child.stdin.on('error', () => undefined);
    this.#closed = new Promise<number | null>((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (exitCode) =>
        signal.aborted ? reject(abortReason(signal)) : resolve(exitCode),
      );
    }).finally(() => listening.dispose());
    this.#closed.catch(() => undefined);
  }

  /** Settles when the backend asks for the next statement. */
  async ready(): Promise<void> {
    await Promise.race([this.#promptSeen, this.#closed.then(() => this.#fail())]);
    this.#promptSeen = new Promise<void>((resolve) => {
      this.#onPrompt = resolve;
    });
  }

  /** Runs one statement. With `-j` a semicolon and an empty line end it. */
  async run(statement: string): Promise<void> {
    this.#child.stdin.write(`${statement};\n\n`);
    await this.ready();
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    if ((await this.#closed) !== 0) this.#fail();
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#closed.catch(() => undefined);
  }

  #read(chunk: Buffer): void {
    this.#pending += chunk.toString('utf8');
    if (this.#pending.endsWith(prompt)) {
      this.#pending = '';
      this.#onPrompt();
    }
    this.#pending = this.#pending.slice(-prompt.length);
  }

  #fail(): never {
    throw serverFailed('set up', this.#errors.text);
  }
}
