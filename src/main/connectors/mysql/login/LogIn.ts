import { cleanText } from '../../../base/cleanText.ts';
import { WireFailure } from '../../network/failures/WireFailure.ts';
import type { Capabilities } from '../protocol/capabilities.ts';
import { malformed, PacketCursor } from '../protocol/PacketCursor.ts';
import type { PacketReader } from '../protocol/PacketGate.ts';
import { errorHeader, readServerError } from '../protocol/ServerError.ts';
import { type Completion, header, readCompletion } from '../protocol/serverPackets.ts';
import {
  authenticationPolicy,
  fullSha2,
  isMysqlLoginMethod,
  isWeakerMethod,
  type MysqlLoginMethod,
  type Permission,
  type Wire,
} from './authenticationPolicy.ts';
import { ed25519Proof } from './ed25519.ts';
import { type Greeting, readScramble } from './greeting.ts';
import { LogInFailure } from './LogInFailure.ts';
import { type LoginRequest, loginPacket, nulText } from './loginPackets.ts';
import { encryptedPassword, nativeProof, sha2Proof } from './passwordProofs.ts';

/** How the server took the log-in. */
export interface Admission {
  /** The method that was proven last. */
  readonly method: MysqlLoginMethod | null;
  /** What proved the password; null: the server asked for none. */
  readonly sent: Permission | null;
  readonly completion: Completion;
}

export interface LogInOptions {
  readonly greeting: Greeting;
  readonly capabilities: Capabilities;
  readonly request: LoginRequest;
  readonly wire: Wire;
  /** Null: there is none, and the account may need none. */
  readonly password: () => Promise<string | null>;
  /** Of earlier log-ins; nothing weaker is answered. */
  readonly strongest: MysqlLoginMethod | null;
  readonly send: (payload: Buffer) => void;
  readonly onAdmitted: (admission: Admission) => void;
  readonly onFailure: (error: unknown) => void;
}

/** The first bytes of what a server sends during a log-in, beside OK and errors. */
const packet = { moreData: 0x01, nextFactor: 0x02, switchMethod: 0xfe } as const;
/** What caching_sha2_password says in its own packets. */
const sha2 = { cached: 3, full: 4 } as const;
/** Asks the server for its key in sha256_password. */
const requestKey = 1;
/** An account has two or three methods at most. */
const maxSwitches = 6;
/** Plug-ins of MySQL and MariaDB that a ticket of the network answers, not a password. */
const singleSignOns: ReadonlySet<string> = new Set([
  'authentication_kerberos_client',
  'authentication_windows_client',
  'auth_gssapi_client',
]);

const maxMethodLength = 64;
/** These mix the password with a scramble. */
const scrambled: ReadonlySet<string> = new Set([
  'mysql_native_password',
  'caching_sha2_password',
  'sha256_password',
  'client_ed25519',
]);

/** What the server may send next. */
type Expecting = 'nothing' | 'verdict' | 'sha2-verdict' | 'public-key';

/** What is sent, and what may follow it. */
interface Reply {
  readonly bytes: Buffer;
  readonly expecting: Expecting;
}

/** No method, so that the server names the one it wants: that costs a round trip, and nothing is sent in vain. */
const askFirst = { method: '', bytes: Buffer.alloc(0), expecting: 'verdict' } as const;

/**
 * The log-in after the greeting. Each method is looked up in the policy before anything is computed for it, and a server
 * that asks for one which is not permitted gets nothing.
 */
export class LogIn implements PacketReader {
  readonly #options: LogInOptions;
  #expecting: Expecting = 'nothing';
  #method: MysqlLoginMethod | null = null;
  #scramble: Buffer;
  #sent: Permission | null = null;
  #switchCount = 0;

  constructor(options: LogInOptions) {
    this.#options = options;
    this.#scramble = options.greeting.scramble;
  }

  /** Answers the greeting. */
  start(): void {
    const { capabilities, request } = this.#options;
    this.#reply(
      this.#firstProof().then(({ bytes, expecting, method }) => ({
        bytes: loginPacket(capabilities, request, { method, proof: bytes }),
        expecting,
      })),
    );
  }

  /** @throws ServerError or WireFailure: the connection must be dropped then */
  take(bytes: Buffer, start: number, end: number): void {
    if (bytes[start] === errorHeader) throw readServerError(bytes, start, end);
    if (this.#expecting === 'nothing' || start === end) throw outOfOrder();
    const cursor = new PacketCursor(bytes, start + 1, end);
    switch (bytes[start]) {
      case header.ok:
        this.#admit(readCompletion(bytes, start, end, this.#options.capabilities));
        break;
      case packet.switchMethod:
        this.#switchMethod(cursor);
        break;
      case packet.moreData:
        this.#moreData(cursor.rest());
        break;
      case packet.nextFactor:
        throw this.#unknownMethod('of a second factor');
      default:
        throw outOfOrder();
    }
  }

  #admit(completion: Completion): void {
    this.#expecting = 'nothing';
    this.#options.onAdmitted({ method: this.#method, sent: this.#sent, completion });
  }

  /** Guesses that the account has the server's usual method, where a proof in vain gives nothing away. */
  async #firstProof(): Promise<Reply & { readonly method: string }> {
    const { greeting, strongest } = this.#options;
    const { method } = greeting;
    const isGuessed =
      (method === 'mysql_native_password' || method === 'caching_sha2_password') &&
      (strongest === null || !isWeakerMethod(method, strongest));
    return isGuessed ? { method, ...(await this.#prove(method)) } : askFirst;
  }

  #switchMethod(cursor: PacketCursor): void {
    this.#switchCount += 1;
    if (this.#switchCount > maxSwitches) {
      throw new WireFailure('protocol', 'The server asked for one log-in method after another.');
    }
    // A packet without more is the method of servers before 4.1.
    const method = cursor.remaining === 0 ? 'mysql_old_password' : cursor.untilNul().toString('latin1');
    if (!isMysqlLoginMethod(method)) throw this.#unknownMethod(method);
    const data = Buffer.from(cursor.rest());
    if (scrambled.has(method)) this.#scramble = method === 'client_ed25519' ? data : readScramble(data);
    this.#reply(this.#prove(method));
  }

  /** Once a method that the server asked for was proven in vain, the password is wrong, whatever else the account may have. */
  #unknownMethod(method: string): LogInFailure {
    const isPasswordWrong = this.#switchCount > 1 && this.#sent !== null;
    const unknown = singleSignOns.has(method) ? 'single-sign-on' : 'method-unknown';
    return new LogInFailure(
      isPasswordWrong ? 'password-rejected' : unknown,
      cleanText(method, maxMethodLength),
      this.#sent === null
        ? `The server asked for the log-in method ${method}.`
        : `The server rejected ${this.#method} and then asked for the log-in method ${method}.`,
    );
  }

  async #prove(method: MysqlLoginMethod): Promise<Reply> {
    const { strongest, password } = this.#options;
    const permission = this.#permission(method);
    if (strongest !== null && isWeakerMethod(method, strongest)) {
      const words = `The server asked for ${method}; it was ${strongest} before.`;
      throw new LogInFailure('method-downgraded', method, words);
    }
    const known = await password();
    this.#method = method;
    // An empty password is no password: every method is proven by nothing.
    if (known === null || known === '') return { bytes: Buffer.alloc(0), expecting: 'verdict' };
    this.#sent = permission;
    if (permission === 'encrypted-password') {
      return { bytes: Buffer.from([requestKey]), expecting: 'public-key' };
    }
    switch (method) {
      case 'mysql_native_password':
        return { bytes: nativeProof(known, this.#scramble), expecting: 'verdict' };
      case 'caching_sha2_password':
        return { bytes: sha2Proof(known, this.#scramble), expecting: 'sha2-verdict' };
      case 'client_ed25519':
        return { bytes: ed25519Proof(known, this.#scramble), expecting: 'verdict' };
      default:
        return { bytes: nulText(known), expecting: 'verdict' };
    }
  }

  /** What a method says beside OK and errors. */
  #moreData(data: Buffer): void {
    if (this.#expecting === 'public-key') this.#reply(this.#encryptedFor(data.toString('latin1')));
    else if (this.#expecting !== 'sha2-verdict' || data.length !== 1) throw outOfOrder();
    else if (data[0] === sha2.cached) this.#expecting = 'verdict';
    else if (data[0] === sha2.full) this.#reply(this.#proveInFull());
    else throw malformed();
  }

  async #encryptedFor(publicKey: string): Promise<Reply> {
    const known = (await this.#options.password()) ?? '';
    return { bytes: encryptedPassword(known, this.#scramble, publicKey), expecting: 'verdict' };
  }

  async #proveInFull(): Promise<Reply> {
    this.#sent = this.#permission(fullSha2);
    const known = (await this.#options.password()) ?? '';
    return { bytes: nulText(known), expecting: 'verdict' };
  }

  /** @throws WireFailure: nothing is sent for the method */
  #permission(method: MysqlLoginMethod | typeof fullSha2): Permission {
    const permission = authenticationPolicy[method][this.#options.wire];
    if (permission !== 'refused') return permission;
    throw new LogInFailure(
      'password-exposed',
      method,
      `The server asked for ${method}, which would expose the password on this connection.`,
    );
  }

  /** What arrives before the reply is sent was not asked for. */
  #reply(reply: Promise<Reply>): void {
    this.#expecting = 'nothing';
    reply.then(({ bytes, expecting }) => {
      this.#expecting = expecting;
      this.#options.send(bytes);
    }, this.#options.onFailure);
  }
}

function outOfOrder(): WireFailure {
  return new WireFailure('protocol', 'The server sent part of the log-in out of order.');
}
