import { WireFailure } from '../../network/failures/WireFailure.ts';
import { readComplaint } from '../wire/answerMessages.ts';
import type { BackendKey } from '../wire/cancelRequest.ts';
import type { MessageReader } from '../wire/MessageGate.ts';
import { messageTypes } from '../wire/messageShapes.ts';
import { LoginFailure } from './LoginFailure.ts';
import {
  md5Answer,
  passwordMessage,
  readMechanisms,
  saslInitialResponse,
  saslResponse,
} from './loginMessages.ts';
import { type AuthenticationPolicy, isWeaker, type LoginMethod } from './loginMethods.ts';
import { type ChannelBinding, ScramExchange } from './scram.ts';

/** Authentication requests by number (manual, "Message Formats"). */
const requests = { ok: 0, cleartext: 3, md5: 5, sasl: 10, saslContinue: 11, saslFinal: 12 } as const;

const foreignMethods: ReadonlyMap<number, string> = new Map([
  [2, 'Kerberos V5'],
  [6, 'SCM credentials'],
  [7, 'GSSAPI (Kerberos)'],
  [8, 'GSSAPI (Kerberos)'],
  [9, 'SSPI (Windows single sign-on)'],
]);

/** Requests that a ticket of the network answers, not a password. */
const singleSignOns: ReadonlySet<number> = new Set([2, 7, 8, 9]);

const methodNames: Readonly<Record<LoginMethod, string>> = {
  cleartext: 'the password in clear text',
  md5: 'an MD5 password',
  'scram-sha-256': 'SCRAM-SHA-256',
};

/** How the server let us in. */
export interface Admission {
  /** Null when it asked for no password. */
  readonly method: LoginMethod | null;
  /** Whether the log-in was bound to the TLS channel. */
  readonly isBound: boolean;
}

export interface LogInOptions {
  readonly user: string;
  /** Gives the password when, and only when, the server asks for it. */
  readonly password: () => Promise<string>;
  readonly policy: AuthenticationPolicy;
  /** The strongest method with which this endpoint has let us in before; it is asked for no weaker one. */
  readonly strongest: LoginMethod | null;
  readonly binding: ChannelBinding | null;
  /** Whether nothing but a log-in that is bound to the TLS connection will do. */
  readonly mustBind: boolean;
  readonly send: (bytes: Buffer) => void;
  /** Called once each, in this order, unless the log-in fails. */
  readonly onAdmitted: (admission: Admission) => void;
  readonly onReady: (result: { key: BackendKey | null; version: string | null }) => void;
  /** A setting that the server reports, during the log-in. */
  readonly onParameter: (name: string, value: string) => void;
  /** A failure between two messages; those of a message are thrown. */
  readonly onFailure: (error: unknown) => void;
}

/** What the server may say next about authentication. */
type Step =
  /** Any request, or nothing but a welcome. */
  | 'any-request'
  /** Nothing: we are working out an answer. */
  | 'nothing'
  | 'challenge'
  | 'server-proof'
  | 'welcome'
  /** It has let us in and tells its parameters. */
  | 'ready';

/**
 * One log-in, from the startup message, which has been sent, up to the first ReadyForQuery. Every message has its one
 * place; at any other it ends the log-in, before it is answered. It takes checked messages only.
 */
export class LogIn implements MessageReader {
  readonly #options: LogInOptions;
  #step: Step = 'any-request';
  #method: LoginMethod | null = null;
  #scram: ScramExchange | null = null;
  #key: BackendKey | null = null;
  #version: string | null = null;

  constructor(options: LogInOptions) {
    this.#options = options;
  }

  /** @throws LoginFailure, WireFailure, or pg.DatabaseError with which the server refuses us; the connection must be dropped then */
  take(type: number, bytes: Buffer, start: number, end: number): void {
    switch (type) {
      case messageTypes.authentication:
        this.#authenticate(bytes.readInt32BE(start), bytes.subarray(start + 4, end));
        break;
      case messageTypes.error:
        throw readComplaint(bytes, start, end).error;
      case messageTypes.notice:
        break;
      case messageTypes.parameterStatus:
        this.#require('ready', 'a parameter');
        this.#readParameter(bytes.toString('utf8', start, end - 1));
        break;
      case messageTypes.backendKey:
        this.#require('ready', 'a cancel key');
        if (this.#key !== null) throw outOfOrder('a second cancel key');
        this.#key = { processId: bytes.readInt32BE(start), secretKey: bytes.readInt32BE(start + 4) };
        break;
      case messageTypes.readyForQuery:
        this.#require('ready', 'ReadyForQuery');
        this.#options.onReady({ key: this.#key, version: this.#version });
        break;
      default:
        throw outOfOrder('a response to a statement');
    }
  }

  #require(step: Step, what: string): void {
    if (this.#step !== step) throw outOfOrder(what);
  }

  #readParameter(text: string): void {
    const [name = '', value = ''] = text.split('\0');
    if (name === 'server_version') this.#version = value;
    this.#options.onParameter(name, value);
  }

  #authenticate(request: number, data: Buffer): void {
    switch (request) {
      case requests.ok:
        this.#admitted();
        break;
      case requests.cleartext:
        this.#begin('cleartext');
        this.#answer('welcome', async () => passwordMessage(await this.#options.password()));
        break;
      case requests.md5:
        this.#begin('md5');
        this.#answerMd5(Buffer.from(data));
        break;
      case requests.sasl:
        this.#beginScram(readMechanisms(data, 0, data.length));
        break;
      case requests.saslContinue:
        this.#answerChallenge(data.toString('utf8'));
        break;
      case requests.saslFinal:
        this.#require('server-proof', 'a SCRAM proof');
        this.#scram?.verify(data.toString('utf8'));
        this.#step = 'welcome';
        break;
      default:
        throw new LoginFailure(
          singleSignOns.has(request) ? 'single-sign-on' : 'authentication-method',
          `The server asked for ${foreignMethods.get(request) ?? `method ${request}`}, which Mooring does not support.`,
        );
    }
  }

  /** The first request: whether it may be answered at all. */
  #begin(method: LoginMethod): void {
    this.#require('any-request', 'another authentication request');
    const { policy, strongest, mustBind } = this.#options;
    const asked = `The server asked for ${methodNames[method]}`;
    if (mustBind && method !== 'scram-sha-256') throw notBound(`${asked}.`);
    if (method === 'cleartext' && !policy.cleartext) {
      throw new LoginFailure('authentication-method', `${asked}.`);
    }
    if (method === 'md5' && !policy.md5) {
      throw new LoginFailure('authentication-method', `${asked} over an unencrypted connection.`);
    }
    if (strongest !== null && isWeaker(method, strongest)) {
      throw new LoginFailure(
        'method-downgraded',
        `${asked}; previously it asked for ${methodNames[strongest]}.`,
      );
    }
    this.#method = method;
  }

  #answerMd5(salt: Buffer): void {
    const { user, password } = this.#options;
    this.#answer('welcome', async () => passwordMessage(md5Answer(user, await password(), salt)));
  }

  #beginScram(offered: readonly string[]): void {
    this.#begin('scram-sha-256');
    const scram = new ScramExchange(offered, this.#options.binding);
    if (this.#options.mustBind && !scram.isBound) {
      throw notBound('The server offers SCRAM-SHA-256 without channel binding.');
    }
    this.#scram = scram;
    this.#options.send(saslInitialResponse(scram.mechanism, scram.clientFirst));
    this.#step = 'challenge';
  }

  #answerChallenge(challenge: string): void {
    this.#require('challenge', 'a SCRAM challenge');
    const scram = this.#scram;
    if (scram === null) throw outOfOrder('a SCRAM challenge');
    this.#answer('server-proof', async () => {
      return saslResponse(await scram.answer(challenge, this.#options.password));
    });
  }

  /** Sends what was worked out; until then the server has nothing to say. */
  #answer(next: Step, work: () => Promise<Buffer>): void {
    this.#step = 'nothing';
    work().then((answer) => {
      this.#step = next;
      this.#options.send(answer);
    }, this.#options.onFailure);
  }

  /** In SCRAM the server proves that it knows the password too; one that skips its proof is not the real one. */
  #admitted(): void {
    if (this.#step !== 'any-request' && this.#step !== 'welcome') {
      throw outOfOrder('AuthenticationOk');
    }
    if (this.#options.mustBind && this.#scram === null) {
      throw notBound('The server let us in without asking for the password.');
    }
    this.#step = 'ready';
    this.#options.onAdmitted({ method: this.#method, isBound: this.#scram?.isBound ?? false });
  }
}

const notBound = (message: string) => new LoginFailure('binding-required', message);

function outOfOrder(what: string): WireFailure {
  return new WireFailure('protocol', `The server sent ${what} out of order.`);
}
