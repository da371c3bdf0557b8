import type { z } from 'zod';
import { SerialQueue } from '../../base/async/SerialQueue.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import type { Keychain } from './Keychain.ts';
import type { KeychainProcess } from './KeychainProcess.ts';
import { keychainClosed, keychainFailed, keychainHangs, keychainHelperFailed } from './keychainErrors.ts';
import {
  helperReadySchema,
  type KeychainAnswer,
  type KeychainRequest,
  keychainAnswerSchemas,
  keychainRequestSchema,
} from './keychainMessages.ts';
import { RunningHelper } from './RunningHelper.ts';

export interface HelperKeychainOptions {
  readonly process: KeychainProcess;
  readonly clock: Clock;
}

/** Longest wait for one call. */
const callLimitMs = 3_000;

/** Longest wait for a new process. Apart from the call's: a slow disk must not pass for a hanging keychain. */
const startLimitMs = 10_000;

/** How long a helper stays without a call. */
const idleLimitMs = 30_000;

/**
 * The keychain through a process of its own, which is started when needed and ended when idle.
 *
 * A keytar call on Linux waits for most of a minute when the keychain service hangs, and each waiting call takes one of
 * the four threads on which its process also reads files and resolves names; no process can end while it waits. A helper
 * can be killed. There is one call at a time. A call that waits its turn behind one that hangs is not given up with
 * it: it gets a fresh helper and its own three seconds, since the keychain may be back by then. So the wait is bounded
 * by the number of calls ahead, which is small: keys are read once each and kept.
 */
export class HelperKeychain implements Keychain {
  readonly #process: KeychainProcess;
  readonly #clock: Clock;
  #helper: RunningHelper | null = null;
  readonly #calls = new SerialQueue();
  #idle: Timer | null = null;
  #isClosed = false;

  constructor({ process, clock }: HelperKeychainOptions) {
    this.#process = process;
    this.#clock = clock;
  }

  read(account: string): Promise<string | null> {
    return this.#inTurn({ verb: 'read', account }, keychainAnswerSchemas.read);
  }

  async write(account: string, value: string): Promise<void> {
    await this.#inTurn({ verb: 'write', account, value }, keychainAnswerSchemas.write);
  }

  remove(account: string): Promise<boolean> {
    return this.#inTurn({ verb: 'remove', account }, keychainAnswerSchemas.remove);
  }

  /** Gives up every call, at once, and takes no other. Nothing is left behind. */
  close(): void {
    this.#isClosed = true;
    this.#idle?.cancel();
    this.#helper?.kill(keychainClosed());
  }

  #inTurn<Value>(request: KeychainRequest, schema: z.ZodType<KeychainAnswer<Value>>): Promise<Value> {
    if (!keychainRequestSchema.safeParse(request).success) {
      return Promise.reject(new TypeError('A keychain’s value is short text, not empty, without NUL.'));
    }
    return this.#calls.run(() => this.#turn(request, schema));
  }

  async #turn<Value>(request: KeychainRequest, schema: z.ZodType<KeychainAnswer<Value>>): Promise<Value> {
    this.#idle?.cancel();
    try {
      const answer = await this.#ask(request, schema);
      if (answer.outcome === 'failed') throw keychainFailed(answer.text);
      return answer.value;
    } finally {
      if (this.#liveHelper !== null) this.#idle = this.#clock.after(idleLimitMs, () => this.#endHelper());
    }
  }

  /**
   * Only a new helper's failure is believed. libsecret holds on to the service and the session it met first, for as long
   * as its process lives; after a restart of the service it fails with one text or another, which KWallet and KeePassXC
   * word differently again.
   */
  async #ask<Value>(
    request: KeychainRequest,
    schema: z.ZodType<KeychainAnswer<Value>>,
  ): Promise<KeychainAnswer<Value>> {
    const wasNew = this.#liveHelper === null;
    const answer = await this.#askOnce(request, schema);
    if (answer.outcome === 'done' || wasNew) return answer;
    this.#endHelper();
    return this.#askOnce(request, schema);
  }

  async #askOnce<Value>(
    request: KeychainRequest,
    schema: z.ZodType<KeychainAnswer<Value>>,
  ): Promise<KeychainAnswer<Value>> {
    const helper = await this.#runningHelper();
    return helper.ask(request, schema, callLimitMs, keychainHangs);
  }

  get #liveHelper(): RunningHelper | null {
    return this.#helper?.isGone === false ? this.#helper : null;
  }

  async #runningHelper(): Promise<RunningHelper> {
    if (this.#isClosed) throw keychainClosed();
    const live = this.#liveHelper;
    if (live !== null) return live;
    const helper = this.#startHelper();
    this.#helper = helper;
    await helper.next(helperReadySchema, startLimitMs, keychainHelperFailed);
    return helper;
  }

  #startHelper(): RunningHelper {
    try {
      return new RunningHelper(this.#process.start(), this.#clock);
    } catch (error) {
      throw keychainHelperFailed(error);
    }
  }

  /** Between two calls, so that nobody waits for it. */
  #endHelper(): void {
    this.#helper?.kill(keychainHelperFailed());
    this.#helper = null;
  }
}
