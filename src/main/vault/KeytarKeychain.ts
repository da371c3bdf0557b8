import type { AppError } from '../base/AppError.ts';
import type { Clock } from '../base/Clock.ts';
import type { Keychain } from './Keychain.ts';
import { keychainUnavailable } from './vaultErrors.ts';

/** The part of keytar in use. */
export type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword'>;

export interface KeytarKeychainOptions {
  readonly clock: Clock;
  /** Longest wait for one call. Default 3,000. */
  readonly timeoutMs?: number;
  /** Loads keytar; tests bring their own. */
  readonly load?: () => Promise<Keytar>;
}

const service = 'Mooring';

/** Texts of keytar, libsecret and D-Bus, as seen with @github/keytar 7.10.6 and libsecret 0.20. */
const knownFailures: readonly (readonly [RegExp, string])[] = [
  [/locked collection/i, 'The keychain is locked.'],
  [/org\.freedesktop\.secrets/, 'No keychain service runs in this session.'],
  // libsecret holds on to the service it met first, for as long as the process lives.
  [/name :\d/, 'The keychain service was restarted; Mooring reaches it again after a restart of its own.'],
  [/D-?Bus/i, 'This session has no message bus, over which the keychain is reached.'],
  [/Failed to load keytar/, 'The part of Mooring that reaches the keychain could not be loaded.'],
];

/**
 * The keychain through keytar: libsecret on Linux, Keychain on macOS, Credential Manager on Windows.
 *
 * A keytar call on Linux waits for most of a minute when the keychain service hangs, and each waiting call takes one of
 * the four threads on which Node also reads files and resolves names. So there is one call at a time, and after a
 * time-out no other is sent until the hanging one has settled: a hanging keychain costs one thread, never more.
 */
export class KeytarKeychain implements Keychain {
  readonly #clock: Clock;
  readonly #timeoutMs: number;
  readonly #load: () => Promise<Keytar>;
  /** Settles when the last call asked for has been answered or given up; never rejects. */
  #lastTurn: Promise<unknown> = Promise.resolve();
  /** Where the one call stands; it is `late` when its time was over before it came back. */
  #call: 'none' | 'sent' | 'late' = 'none';

  constructor(options: KeytarKeychainOptions) {
    this.#clock = options.clock;
    this.#timeoutMs = options.timeoutMs ?? 3_000;
    this.#load = options.load ?? loadKeytar;
  }

  /**
   * Whether a call has been sent and has not come back. A process that exits in the ordinary way waits for it (seen with
   * Node 20 and Electron 33; libsecret gives up after about 50 s), so who quits then must end the process by a signal.
   */
  get isCallUnderWay(): boolean {
    return this.#call !== 'none';
  }

  read(account: string): Promise<string | null> {
    return this.#inTurn((keytar) => keytar.getPassword(service, account));
  }

  write(account: string, value: string): Promise<void> {
    return this.#inTurn((keytar) => keytar.setPassword(service, account, value));
  }

  #inTurn<Value>(call: (keytar: Keytar) => Promise<Value>): Promise<Value> {
    const answer = this.#lastTurn.then(() => this.#send(call));
    this.#lastTurn = answer.catch(() => undefined);
    return answer;
  }

  #send<Value>(call: (keytar: Keytar) => Promise<Value>): Promise<Value> {
    if (this.#call === 'late') return Promise.reject(hangingError());
    this.#call = 'sent';
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(this.#timeoutMs, () => {
        this.#call = 'late';
        reject(hangingError());
      });
      this.#load()
        .then(call)
        .then(resolve, (error: unknown) => reject(failedError(error)))
        .finally(() => {
          timer.cancel();
          this.#call = 'none';
        });
    });
  }
}

/** Loaded on first use, so that a computer without libsecret has no vault instead of no app. */
async function loadKeytar(): Promise<Keytar> {
  const module = await import('keytar');
  return module.default;
}

function hangingError(): AppError {
  return keychainUnavailable('The keychain does not answer.', [
    'The keychain service hangs or is waiting for you in a window of its own.',
  ]);
}

/** What keytar says is kept as the cause for the log; people get what it means. */
function failedError(error: unknown): AppError {
  const text = error instanceof Error ? error.message : '';
  const detail =
    knownFailures.find(([pattern]) => pattern.test(text))?.[1] ??
    'The keychain refused what Mooring asked of it.';
  return keychainUnavailable(
    detail,
    ['No keychain service is installed or running in this session, or it is locked.'],
    error,
  );
}
