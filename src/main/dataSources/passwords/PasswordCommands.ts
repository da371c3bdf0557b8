import { secretValueSchema } from '../../../shared/model/dataSource.ts';
import type { EndpointFields } from '../../../shared/model/endpoint.ts';
import type { PasswordCommand } from '../../../shared/model/passwordSource.ts';
import { isAppError } from '../../base/AppError.ts';
import { throwIfAborted, withDeadline } from '../../base/abort.ts';
import { SharedWork } from '../../base/async/SharedWork.ts';
import type { Clock, Timer } from '../../base/Clock.ts';
import { type AllowedCommands, commandKey } from './AllowedCommands.ts';
import { commandFailed, commandNotStarted, commandTooSlow, outputUnusable } from './passwordCommandErrors.ts';
import { type CommandResult, runCommand } from './runCommand.ts';

/** A sign-in of a cloud takes some seconds. */
const limitMs = 60_000;

interface KeptPassword {
  readonly value: Buffer;
  /** By both clocks: a computer that sleeps stops the one, and a person can set the other. */
  readonly untilMonotonicMs: number;
  readonly untilWallMs: number;
  readonly expiry: Timer;
}

export interface PasswordCommandsOptions {
  readonly allowed: Pick<AllowedCommands, 'require'>;
  readonly clock: Clock;
  /** Default: the real one. */
  readonly run?: (argv: readonly string[], signal: AbortSignal) => Promise<CommandResult>;
}

/**
 * Gets passwords from commands that a person has allowed, and keeps each, in memory only, for as long as the data source
 * says. Connections that need one at the same time share one run.
 */
export class PasswordCommands {
  readonly #options: PasswordCommandsOptions;
  readonly #kept = new Map<string, KeptPassword>();
  readonly #running = new Map<string, SharedWork<string>>();

  constructor(options: PasswordCommandsOptions) {
    this.#options = options;
  }

  /** Whether it may run at all, to be known before anything is sent. @throws PASSWORD_COMMAND_NOT_ALLOWED */
  requireAllowed({ argv }: PasswordCommand, fields: EndpointFields): Promise<void> {
    return this.#options.allowed.require(argv, fields);
  }

  /**
   * The password: the kept one, or what the command prints now.
   * @throws PASSWORD_COMMAND_NOT_ALLOWED, PASSWORD_COMMAND_FAILED, or the abort's reason; the command has ended then
   */
  async passwordOf(command: PasswordCommand, fields: EndpointFields, signal: AbortSignal): Promise<string> {
    await this.requireAllowed(command, fields);
    throwIfAborted(signal);
    const key = commandKey(command.argv, fields);
    return this.#keptNow(key) ?? this.#sharedRun(key, command).join(signal);
  }

  /** A person connects by hand: what was kept may be the very thing that the server refused. */
  forget({ argv }: PasswordCommand, fields: EndpointFields): void {
    this.#drop(commandKey(argv, fields));
  }

  /** Zeroes all. */
  dropAll(): void {
    for (const key of [...this.#kept.keys()]) this.#drop(key);
  }

  #keptNow(key: string): string | null {
    const kept = this.#kept.get(key);
    if (kept === undefined) return null;
    const { clock } = this.#options;
    if (clock.monotonicMs() < kept.untilMonotonicMs && clock.wallMs() < kept.untilWallMs) {
      return kept.value.toString('utf8');
    }
    this.#drop(key);
    return null;
  }

  #sharedRun(key: string, command: PasswordCommand): SharedWork<string> {
    const known = this.#running.get(key);
    if (known !== undefined) return known;
    const work = new SharedWork(async (signal) => {
      try {
        const value = await this.#run(command.argv, signal);
        this.#keep(key, value, command.timeToLiveSeconds * 1_000);
        return value;
      } finally {
        if (this.#running.get(key) === work) this.#running.delete(key);
      }
    });
    this.#running.set(key, work);
    return work;
  }

  async #run(argv: readonly string[], signal: AbortSignal): Promise<string> {
    const { clock, run = runCommand } = this.#options;
    const late = () => commandTooSlow(argv, limitMs);
    try {
      const result = await withDeadline(clock, signal, limitMs, late, (bounded) => run(argv, bounded));
      return passwordIn(argv, result);
    } catch (error) {
      throw isAppError(error) ? error : commandNotStarted(argv, error);
    }
  }

  #keep(key: string, value: string, timeToLiveMs: number): void {
    if (timeToLiveMs === 0) return;
    this.#drop(key);
    const { clock } = this.#options;
    this.#kept.set(key, {
      value: Buffer.from(value, 'utf8'),
      untilMonotonicMs: clock.monotonicMs() + timeToLiveMs,
      untilWallMs: clock.wallMs() + timeToLiveMs,
      expiry: clock.after(timeToLiveMs, () => this.#drop(key)),
    });
  }

  #drop(key: string): void {
    const kept = this.#kept.get(key);
    kept?.expiry.cancel();
    kept?.value.fill(0);
    this.#kept.delete(key);
  }
}

/** What it printed, without the end of its line. @throws PASSWORD_COMMAND_FAILED */
function passwordIn(
  argv: readonly string[],
  { exitCode, output, complaint, isTooLong }: CommandResult,
): string {
  if (isTooLong) throw outputUnusable(argv, 'It printed more than 64 kB.');
  if (exitCode !== 0) throw commandFailed(argv, exitCode, complaint);
  const text = output.toString('utf8').replace(/\r?\n$/, '');
  if (text === '') throw outputUnusable(argv, 'It printed nothing.');
  if (/[\r\n]/.test(text)) throw outputUnusable(argv, 'It printed more than one line.');
  const password = secretValueSchema.safeParse(text);
  if (!password.success)
    throw outputUnusable(argv, 'It holds characters that no password has, or is too long.');
  return password.data;
}
