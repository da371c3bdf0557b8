import { randomUUID } from 'node:crypto';
import type { DataSourceId } from '../../../shared/model/ids.ts';
import type { SshDialogue } from '../../../shared/model/sshDialogue.ts';
import { abortReason, onAbort } from '../../base/abort.ts';
import { Emitter } from '../../base/Emitter.ts';
import type { AskPerson, SshPrompt } from '../../connectors/network/ssh/SshContext.ts';

/**
 * The questions that SSH servers ask of the person at the computer. The window shows them, and only while somebody
 * connects by hand: a reconnect in the background asks nobody.
 */
export class SshDialogues {
  readonly onAsked = new Emitter<SshDialogue>();
  /** Answered, or nobody waits for the answer any more. */
  readonly onOver = new Emitter<{ readonly id: string }>();
  readonly #waiting = new Map<string, (answers: readonly string[] | null) => void>();
  /** How many connects of a data source a person waits for. */
  readonly #attended = new Map<DataSourceId, number>();

  /** For a connection of which a person waits for the result. */
  readonly ask: AskPerson = (prompt, signal) => this.#ask(prompt, signal);

  /** For the connections of a data source: somebody is asked while `attend` runs. */
  askFor(id: DataSourceId): AskPerson {
    return async (prompt, signal) => (this.#attended.has(id) ? this.#ask(prompt, signal) : null);
  }

  /** A person waits for `work`, which connects to this data source. */
  async attend<Value>(id: DataSourceId, work: () => Promise<Value>): Promise<Value> {
    this.#attended.set(id, (this.#attended.get(id) ?? 0) + 1);
    try {
      return await work();
    } finally {
      const left = (this.#attended.get(id) ?? 1) - 1;
      if (left === 0) this.#attended.delete(id);
      else this.#attended.set(id, left);
    }
  }

  /** @param answers null when the person does not want to log in */
  answer(id: string, answers: readonly string[] | null): void {
    this.#waiting.get(id)?.(answers);
  }

  #ask(
    { server, name, instructions, questions }: SshPrompt,
    signal: AbortSignal,
  ): Promise<readonly string[] | null> {
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      const over = (): void => {
        listening.dispose();
        this.#waiting.delete(id);
        this.onOver.emit({ id });
      };
      this.#waiting.set(id, (answers) => {
        over();
        // As many as there are questions, or the server takes them for an error of the protocol.
        resolve(answers === null ? null : questions.map((_question, index) => answers[index] ?? ''));
      });
      this.onAsked.emit({ id, server, name, instructions, questions: [...questions] });
      const listening = onAbort(signal, () =>
        queueMicrotask(() => {
          over();
          reject(abortReason(signal));
        }),
      );
    });
  }
}
