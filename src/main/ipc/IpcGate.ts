import type { z } from 'zod';
import { requestSchema } from '../../shared/ipc/envelope.ts';
import type { Clock } from '../base/Clock.ts';
import { forbiddenSender, invalidFields, invalidInput, rateLimited } from './doorErrors.ts';
import type { SenderEvent } from './ipcTransport.ts';
import { checkPayloadSize } from './payloadSize.ts';
import { isTrustedSender, type TrustedContents } from './senderGuard.ts';
import { TokenBucket, type TokenBucketOptions } from './TokenBucket.ts';

/** Far above what a person's clicks cause; a page in a loop is stopped within two seconds. */
const channelLimit: TokenBucketOptions = { burstCount: 400, perSecondCount: 200 };

/** The call id and the two keys around the input. */
const envelopeBytes = 256;

export interface GateOptions {
  /** The contents of the main window; null while there is none. */
  readonly trustedContents: () => TrustedContents | null;
  readonly trustedOrigin: string;
  readonly clock: Clock;
}

/** A request that passed the gate. */
export interface AdmittedRequest<Input> {
  readonly senderId: number;
  readonly callId: string;
  readonly input: Input;
}

/** What the gate must know about a channel. */
export interface ChannelRules<Input extends z.ZodType> {
  readonly channel: string;
  readonly input: Input;
  readonly maxBytes: number;
}

/** Checks every message in the same order: sender, rate, size, shape. All of it before the first `await`. */
export class IpcGate {
  readonly #options: GateOptions;
  readonly #limits = new Map<string, TokenBucket>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /**
   * Admits a call or the opening of a stream.
   * @throws AppError FORBIDDEN_SENDER, RATE_LIMITED, TOO_LARGE, INVALID_INPUT
   */
  admitRequest<Input extends z.ZodType>(
    rules: ChannelRules<Input>,
    event: SenderEvent,
    args: readonly unknown[],
  ): AdmittedRequest<z.infer<Input>> {
    const envelope = { ...rules, input: requestSchema, maxBytes: rules.maxBytes + envelopeBytes };
    const { callId, input } = this.admitMessage(envelope, event, args);
    return { senderId: event.sender.id, callId, input: parse(rules.input, input) };
  }

  /**
   * Admits a message that has no answer.
   * @throws AppError FORBIDDEN_SENDER, RATE_LIMITED, TOO_LARGE, INVALID_INPUT
   */
  admitMessage<Input extends z.ZodType>(
    rules: ChannelRules<Input>,
    event: SenderEvent,
    args: readonly unknown[],
  ): z.infer<Input> {
    this.#checkSender(event);
    if (!this.#limitOf(rules.channel).tryTake()) throw rateLimited();
    if (args.length !== 1) throw invalidInput('A request must be exactly one value.');
    checkPayloadSize(args[0], rules.maxBytes);
    return parse(rules.input, args[0]);
  }

  #checkSender(event: SenderEvent): void {
    const { trustedContents, trustedOrigin } = this.#options;
    if (!isTrustedSender(event, trustedContents(), trustedOrigin)) throw forbiddenSender();
  }

  #limitOf(channel: string): TokenBucket {
    const existing = this.#limits.get(channel);
    if (existing !== undefined) return existing;
    const limit = new TokenBucket(this.#options.clock, channelLimit);
    this.#limits.set(channel, limit);
    return limit;
  }
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (!result.success) throw invalidFields(result.error);
  return result.data;
}
