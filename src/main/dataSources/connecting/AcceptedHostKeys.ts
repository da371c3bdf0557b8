import { appendFile } from 'node:fs/promises';
import type { HostKeyChange } from '../../../shared/errors/errorActions.ts';
import type { Audit } from '../../audit/Audit.ts';
import { AppError, isAppError } from '../../base/AppError.ts';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import { privateFileMode } from '../../base/files/privateModes.ts';
import { readTextIfThere } from '../../base/files/readWhole.ts';
import { UnfinishedFile } from '../../base/files/UnfinishedFile.ts';
import type { Ask } from '../../base/Question.ts';
import type { HostKeyChanged, UnknownHostKey } from '../../connectors/network/ssh/sshErrors.ts';

/** A line has at most about 1,000 bytes. */
const maxBytes = 8 * 1024 * 1024;
/** More servers that nobody knows than a tunnel has hops and jumps. */
const maxQuestions = 32;
/** Servers with another key than before that are remembered at a time. */
const maxChanges = 32;

export interface AcceptedHostKeysOptions {
  /** Where the accepted keys are kept, as lines of known_hosts. */
  readonly path: string;
  readonly ask: Ask;
  readonly audit: Audit;
}

/** The keys of SSH servers that people have accepted in Mooring. Those of `~/.ssh/known_hosts` are known besides. */
export class AcceptedHostKeys {
  readonly #options: AcceptedHostKeysOptions;
  /** Keys that servers have shown in place of known ones, the newest last. */
  readonly #changes = new Map<string, HostKeyChanged>();
  readonly #writing = new SerialQueue();

  constructor(options: AcceptedHostKeysOptions) {
    this.#options = options;
  }

  /** As lines of known_hosts. @throws FILE_FAILED, TOO_LARGE */
  text(): Promise<string> {
    return readTextIfThere(this.#options.path, maxBytes);
  }

  /**
   * Runs an attempt that a person asked for. For each SSH server that is not known yet the person is asked; if they accept
   * its key, the attempt runs once more. A key that has changed is never asked about.
   * @throws what the attempt throws; SSH_HOST_KEY_UNKNOWN when the person does not accept; QUESTION_OPEN, FILE_FAILED
   */
  async withConsent<Value>(signal: AbortSignal, attempt: () => Promise<Value>): Promise<Value> {
    for (let asked = 0; ; asked += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!isUnknownHostKey(error) || asked === maxQuestions) throw error;
        if (!(await this.#options.ask(questionAbout(error), signal))) throw error;
        await this.#keep(error.line);
      }
    }
  }

  /** A server has shown another key than before, and was refused. */
  noteChange(change: HostKeyChanged): void {
    const id = idOf({ ...change.server, fingerprint: change.fingerprint });
    this.#changes.delete(id);
    this.#changes.set(id, change);
    for (const oldest of this.#changes.keys()) {
      if (this.#changes.size <= maxChanges) break;
      this.#changes.delete(oldest);
    }
  }

  /**
   * Shows the old and the new key of a server, in a dialog of the system, and accepts the new one where the person wants
   * it: the lines about the server that Mooring keeps are replaced. Only for a key that a server has shown since the start.
   * @returns whether it was accepted
   * @throws NOT_FOUND; QUESTION_OPEN, FILE_FAILED
   */
  async acceptChange(which: HostKeyChange, signal: AbortSignal): Promise<boolean> {
    const id = idOf(which);
    const change = this.#changes.get(id);
    if (change === undefined) throw changeUnknown();
    if (!(await this.#options.ask(questionAboutChange(change), signal))) return false;
    await this.#writing.run(() => this.#replace(change));
    this.#changes.delete(id);
    this.#options.audit.record({ operation: 'ssh.host-key-replaced' });
    return true;
  }

  async #replace(change: HostKeyChanged): Promise<void> {
    const lines = change.renewed(await this.text());
    try {
      await UnfinishedFile.whole(this.#options.path, (file) => file.write(Buffer.from(lines)));
    } catch (cause) {
      throw notSaved(cause);
    }
  }

  async #keep(line: string): Promise<void> {
    try {
      await this.#writing.run(() => appendFile(this.#options.path, `${line}\n`, { mode: privateFileMode }));
    } catch (cause) {
      throw notSaved(cause);
    }
    this.#options.audit.record({ operation: 'ssh.host-key-accepted' });
  }
}

const idOf = ({ host, port, fingerprint }: HostKeyChange): string =>
  JSON.stringify([host, port, fingerprint]);

function changeUnknown(): AppError {
  return new AppError('NOT_FOUND', {
    title: 'The key is not known any more',
    detail: 'Mooring was started again since the server showed it.',
    fixes: ['Connect again: the server then shows its key again.'],
  });
}

function notSaved(cause: unknown): AppError {
  return new AppError('FILE_FAILED', {
    title: 'The key of the SSH server could not be saved',
    detail: 'It was accepted, and would be asked about again.',
    fixes: ['Check whether the disk is full, and whether the data folder of Mooring can be written to.'],
    cause,
  });
}

const isUnknownHostKey = (error: unknown): error is UnknownHostKey =>
  isAppError(error) && error.code === 'SSH_HOST_KEY_UNKNOWN';

const questionAbout = ({ place, fingerprint }: UnknownHostKey) => ({
  question: `Connect to the SSH server ${place} for the first time?`,
  detail: `It shows the key\n${fingerprint}\n\nCompare it with the fingerprint that the administrator of the server gives you. If they differ, somebody else answers in its place, and could read what is sent. Mooring remembers the key and refuses any other from then on.`,
  confirmLabel: 'Accept and connect',
});

const questionAboutChange = ({ place, fingerprint, known }: HostKeyChanged) => ({
  question: `Accept another key of the SSH server ${place}?`,
  detail: `Known until now:\n${known.join('\n')}\n\nShown now:\n${fingerprint}\n\nAsk the administrator of the server whether its key was changed, and compare the new fingerprint with theirs. If nobody changed it, somebody else answers in its place, and could read what is sent.\n\nMooring then remembers the new key. Lines about the server in your own known_hosts stay: remove them with ssh-keygen -R.`,
  confirmLabel: 'Accept the new key',
});
