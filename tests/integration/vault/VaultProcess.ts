import { type ChildProcess, fork } from 'node:child_process';
import { onTestFinished } from 'vitest';

export interface Question {
  readonly name: 'seal' | 'open' | 'status' | 'lock' | 'keyVersions' | 'useThreadPool';
  readonly value: string;
}

export type Answer =
  | { readonly outcome: 'value'; readonly value: unknown; readonly durationMs: number }
  | {
      readonly outcome: 'error';
      readonly code: string;
      readonly detail: string;
      readonly durationMs: number;
    };

const registerUrl = new URL('../../support/typeScript/register.mjs', import.meta.url).href;
const script = new URL('./vaultProcessEntry.ts', import.meta.url);

/** A running vaultProcessEntry.ts: a vault over a real store and the keychain of the session that `env` names. */
export class VaultProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>();
  #nextId = 0;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#child = fork(script, [folder], { env, execArgv: ['--import', registerUrl] });
    this.#child.on('message', (answer: Answer & { id: number }) => {
      this.#waiting.get(answer.id)?.resolve(answer);
      this.#waiting.delete(answer.id);
    });
    this.#child.on('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('The vault process has ended.'));
    });
    onTestFinished(() => this.kill());
  }

  ask(name: Question['name'], value = ''): Promise<Answer> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ name, value, id });
    });
  }

  kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.kill('SIGKILL');
    });
  }
}
