import type {
  AnyAuthMethod,
  AuthenticationType,
  AuthHandlerMiddleware,
  BaseAgent,
  NextAuthHandler,
  ParsedKey,
} from 'ssh2';
import { cleanText } from '../../../base/cleanText.ts';
import type { AskPerson } from './SshContext.ts';
import { loginRefused, personNeeded, type SshPlace } from './sshErrors.ts';

const maxPromptLength = 500;
/** No server asks for more at once. */
const maxQuestions = 10;

/** One way to log in. What it needs is fetched when the server offers its method. */
export type LogInAttempt =
  | { readonly method: 'publickey'; readonly words: string; readonly key: () => Promise<ParsedKey | null> }
  | { readonly method: 'agent'; readonly words: string; readonly agent: () => Promise<BaseAgent | null> }
  | { readonly method: 'password'; readonly words: string; readonly password: () => Promise<string | null> };

export interface LogInOptions {
  readonly server: SshPlace;
  readonly user: string;
  /** In the order in which they are tried. */
  readonly attempts: readonly LogInAttempt[];
  /** Answers the question of a server that asks for the password in a dialogue; null for another way to log in. */
  readonly password: (() => Promise<string | null>) | null;
  readonly ask: AskPerson | null;
  readonly signal: AbortSignal;
}

interface OfferedPrompt {
  readonly prompt: string;
  readonly echo?: boolean | undefined;
}

/**
 * Decides what an SSH server is told to prove who logs in: each attempt once, and only while the server offers its method.
 * The questions of a server (keyboard-interactive) come last; they are also the second step of many log-ins.
 */
export class SshLogIn {
  readonly #options: LogInOptions;
  readonly #waiting: LogInAttempt[];
  readonly #tried: string[] = [];
  #offered: readonly string[] = [];
  #dialogues = 0;
  #passwordGiven = false;
  /** Why the log-in cannot go on, other than that the server refused. */
  #failure: unknown = null;

  constructor(options: LogInOptions) {
    this.#options = options;
    this.#waiting = [...options.attempts];
  }

  /** What let us in, for the report; the last that was tried. */
  get words(): string {
    return this.#tried.at(-1) ?? 'no log-in required';
  }

  /** Why the log-in failed. */
  get error(): unknown {
    if (this.#failure !== null) return this.#failure;
    const { server, user } = this.#options;
    return loginRefused(server, { user, tried: this.#tried, offered: this.#offered });
  }

  /**
   * For `authHandler` of ssh2.
   * @param giveUp is called when nothing is left to try; `error` says why
   */
  handler(giveUp: () => void): AuthHandlerMiddleware {
    return (left: readonly AuthenticationType[] | null, _partial, next) => {
      // The first call is before the server has said anything: `none` asks what it offers (RFC 4252, section 5.2).
      if (left === null) return next({ type: 'none', username: this.#options.user });
      this.#offered = left;
      void this.#next(left, next, giveUp);
    };
  }

  async #next(
    offered: readonly AuthenticationType[],
    next: NextAuthHandler,
    giveUp: () => void,
  ): Promise<void> {
    try {
      const method = await this.#nextMethod(offered);
      if (method === null) giveUp();
      else next(method);
    } catch (error) {
      this.#failure = error;
      giveUp();
    }
  }

  async #nextMethod(offered: readonly AuthenticationType[]): Promise<AnyAuthMethod | null> {
    for (;;) {
      const at = this.#waiting.findIndex(({ method }) =>
        offered.includes(method === 'agent' ? 'publickey' : method),
      );
      const [attempt] = at < 0 ? [] : this.#waiting.splice(at, 1);
      if (attempt === undefined) break;
      const prepared = await this.#prepared(attempt);
      if (prepared === null) continue;
      this.#tried.push(attempt.words);
      return prepared;
    }
    return offered.includes('keyboard-interactive') ? this.#dialogue() : null;
  }

  async #prepared(attempt: LogInAttempt): Promise<AnyAuthMethod | null> {
    const username = this.#options.user;
    switch (attempt.method) {
      case 'agent': {
        const agent = await attempt.agent();
        return agent === null ? null : { type: 'agent', username, agent };
      }
      case 'publickey': {
        const key = await attempt.key();
        return key === null ? null : { type: 'publickey', username, key };
      }
      case 'password': {
        const password = await attempt.password();
        return password === null || password === '' ? null : { type: 'password', username, password };
      }
    }
  }

  /** A server that refused the answers once may be asked again once: people mistype codes. */
  #dialogue(): AnyAuthMethod | null {
    const { ask, password, user: username } = this.#options;
    if (this.#dialogues >= 2 || (ask === null && (password === null || this.#passwordGiven))) {
      if (ask === null && this.#tried.length === 0) this.#failure = personNeeded(this.#options.server);
      return null;
    }
    this.#dialogues += 1;
    this.#tried.push('answers to the questions of the server');
    return {
      type: 'keyboard-interactive',
      username,
      prompt: (name, instructions, _language, prompts, finish) => {
        void this.#answer(name, instructions, prompts).then(finish, (error: unknown) => {
          this.#failure = error;
          finish([]);
        });
      },
    };
  }

  async #answer(name: string, instructions: string, prompts: readonly OfferedPrompt[]): Promise<string[]> {
    const { ask, password, server, user, signal } = this.#options;
    const [first] = prompts;
    if (password !== null && !this.#passwordGiven && prompts.length === 1 && first?.echo !== true) {
      this.#passwordGiven = true;
      const value = await password();
      if (value !== null && value !== '') return [value];
    }
    if (ask === null || prompts.length > maxQuestions) throw personNeeded(server);
    const questions = prompts.map(({ prompt, echo }) => ({
      text: cleanText(prompt, maxPromptLength),
      isEchoed: echo === true,
    }));
    const shown = {
      name: cleanText(name, maxPromptLength),
      instructions: cleanText(instructions, maxPromptLength),
    };
    const answers = await ask({ server: `${user}@${server.host}`, ...shown, questions }, signal);
    if (answers === null) throw personNeeded(server);
    return [...answers];
  }
}
