import { appendFile } from 'node:fs/promises';
import type { Audit } from '../../audit/Audit.ts';
import { AppError, isAppError } from '../../base/AppError.ts';
import { privateFileMode } from '../../base/files/privateModes.ts';
import { readTextIfThere } from '../../base/files/readWhole.ts';
import type { Ask } from '../../base/Question.ts';
import type { UnknownHostKey } from '../../connectors/network/ssh/sshErrors.ts';

/** A line has at most about 1,000 bytes. */
const maxBytes = 8 * 1024 * 1024;
/** More servers that nobody knows than a tunnel has hops and jumps. */
const maxQuestions = 32;

export interface AcceptedHostKeysOptions {
  /** Where the accepted keys are kept, as lines of known_hosts. */
  readonly path: string;
  readonly ask: Ask;
  readonly audit: Audit;
}

/** The keys of SSH servers that people have accepted in Mooring. Those of `~/.ssh/known_hosts` are known besides. */
export class AcceptedHostKeys {
  readonly #options: AcceptedHostKeysOptions;

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

  async #keep(line: string): Promise<void> {
    try {
      await appendFile(this.#options.path, `${line}\n`, { mode: privateFileMode });
    } catch (cause) {
      throw new AppError('FILE_FAILED', {
        title: 'The key of the SSH server could not be saved',
        detail: 'It was accepted, and would be asked about again.',
        fixes: ['Check whether the disk is full, and whether the data folder of Mooring can be written to.'],
        cause,
      });
    }
    this.#options.audit.record({ operation: 'ssh.host-key-accepted' });
  }
}

const isUnknownHostKey = (error: unknown): error is UnknownHostKey =>
  isAppError(error) && error.code === 'SSH_HOST_KEY_UNKNOWN';

const questionAbout = ({ place, fingerprint }: UnknownHostKey) => ({
  question: `Connect to the SSH server ${place} for the first time?`,
  detail: `It shows the key\n${fingerprint}\n\nCompare it with the fingerprint that the administrator of the server gives you. If they differ, somebody else answers in its place, and could read what is sent. Mooring remembers the key and refuses any other from then on.`,
  confirmLabel: 'Accept and connect',
});
