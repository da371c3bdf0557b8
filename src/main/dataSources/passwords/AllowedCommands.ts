import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import type { EndpointFields } from '../../../shared/model/endpoint.ts';
import type { Audit } from '../../audit/Audit.ts';
import { lengthPrefixed } from '../../base/canonicalBytes.ts';
import { cleanText } from '../../base/cleanText.ts';
import { privateFileMode } from '../../base/files/privateModes.ts';
import { readTextIfThere } from '../../base/files/readWhole.ts';
import type { Ask, Question } from '../../base/Question.ts';
import type { Logger } from '../../observability/Logger.ts';
import type { Signer } from '../../vault/Signer.ts';
import { endpointHash } from '../secrets/endpointBinding.ts';
import { endpointText } from '../secrets/endpointText.ts';
import { PasswordCommandNotAllowed } from './passwordCommandErrors.ts';

/** Some ten thousand commands. */
const maxBytes = 2 * 1024 * 1024;
/** A person edits no faster than this many times during one attempt. */
const maxQuestions = 2;

export interface AllowedCommandsOptions {
  /** Where they are kept: a hash and a signature on each line. */
  readonly path: string;
  readonly signer: Signer;
  readonly ask: Ask;
  readonly audit: Audit;
  readonly logger: Logger;
}

/** Names a command together with everything that decides where its output goes. */
export function commandKey(argv: readonly string[], fields: EndpointFields): string {
  const parts = ['mooring-password-command-1', endpointHash(fields), ...argv];
  return createHash('sha256').update(lengthPrefixed(parts)).digest('hex');
}

/**
 * The password commands that a person has allowed, each word for word and for one endpoint. Whoever can write the file
 * allows nothing: each line is signed with a key of the vault. Without keys at hand, or after they were renewed, the
 * person is asked again.
 */
export class AllowedCommands {
  readonly #options: AllowedCommandsOptions;
  /** Allowed since the start, also where there was no key to sign with. */
  readonly #recent = new Set<string>();

  constructor(options: AllowedCommandsOptions) {
    this.#options = options;
  }

  /** @throws PASSWORD_COMMAND_NOT_ALLOWED; FILE_FAILED, TOO_LARGE */
  async require(argv: readonly string[], fields: EndpointFields): Promise<void> {
    const key = commandKey(argv, fields);
    if (this.#recent.has(key)) return;
    const lines = (await readTextIfThere(this.#options.path, maxBytes)).split('\n');
    if (!lines.some((line) => this.#allows(line, key))) throw new PasswordCommandNotAllowed(argv, fields);
    this.#recent.add(key);
  }

  /**
   * Runs an attempt that a person asked for. When a command is not allowed yet, the person sees it, word by word; if they
   * allow it, the attempt runs once more.
   * @throws what the attempt throws; PASSWORD_COMMAND_NOT_ALLOWED when the person does not allow it; QUESTION_OPEN
   */
  async withConsent<Value>(signal: AbortSignal, attempt: () => Promise<Value>): Promise<Value> {
    for (let asked = 0; ; asked += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (!(error instanceof PasswordCommandNotAllowed) || asked === maxQuestions) throw error;
        if (!(await this.#options.ask(questionAbout(error), signal))) throw error;
        await this.#allow(commandKey(error.argv, error.fields));
      }
    }
  }

  #allows(line: string, key: string): boolean {
    const [written, keyVersion = '', mac = ''] = line.split(' ');
    if (written !== key) return false;
    const signature = { keyVersion: Number(keyVersion), mac: Buffer.from(mac, 'base64') };
    return this.#options.signer.check('password-command', Buffer.from(key, 'hex'), signature) === 'right';
  }

  async #allow(key: string): Promise<void> {
    const { path, signer, audit, logger } = this.#options;
    this.#recent.add(key);
    audit.record({ operation: 'password.command-allowed' });
    const signature = signer.sign('password-command', Buffer.from(key, 'hex'));
    if (signature === null) return;
    const line = `${key} ${signature.keyVersion} ${signature.mac.toString('base64')}\n`;
    try {
      await appendFile(path, line, { mode: privateFileMode });
    } catch (error) {
      // It holds until the app ends; then the person is asked once more.
      logger.warn('An allowed password command could not be saved', {}, error);
    }
  }
}

/** No word is longer (`passwordSourceSchema`): nothing of it is hidden. */
const maxWordLength = 1_500;

function questionAbout({ argv, fields }: PasswordCommandNotAllowed): Question {
  const [program = '', ...words] = argv.map((word) => cleanText(word, maxWordLength));
  const listed = words.map((word) => `    ${word === '' ? '(empty)' : word}`);
  return {
    question: 'Let Mooring run this program for the password?',
    detail: [
      'It runs with your rights on this computer, without a shell, whenever a connection needs a new password. Allow it only if you know the program and every word below.',
      [
        `Program\n    ${program}`,
        ...(words.length === 0 ? [] : [`Arguments, one on each line\n${listed.join('\n')}`]),
      ].join('\n'),
      `Its output is sent as the password to\n${endpointText(fields)}`,
    ].join('\n\n'),
    confirmLabel: 'Allow and run',
  };
}
