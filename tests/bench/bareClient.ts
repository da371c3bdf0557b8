import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { ServerAddress } from '../support/postgresClusterFields.ts';

/** The salted password of the last log-in: a floor does not pay for deriving it again. */
export interface SaltedKey {
  salt: string;
  key: Buffer;
}

const message = (type: string, body: Buffer): Buffer => {
  const header = Buffer.alloc(5);
  header.write(type, 0, 'latin1');
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
};

const lengthOf = (body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length);
  return length;
};

function startup(user: string, database: string): Buffer {
  const body = Buffer.from(`\0\x03\0\0user\0${user}\0database\0${database}\0\0`, 'latin1');
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([length, body]);
}

/**
 * The least a client can do: start-up, SCRAM-SHA-256 and one simple query, over a bare socket, without looking at what is
 * answered. A floor to measure against, not an example to follow: it trusts everything the server says.
 */
export class BareClient {
  readonly #socket: Socket;
  #pending = Buffer.alloc(0);
  #onMessage: (type: string, body: Buffer) => void = () => undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    socket.on('error', () => undefined);
  }

  /** @param known filled at the first log-in, and used from then on */
  static connect(
    server: ServerAddress & { readonly password: string },
    known: { current: SaltedKey | null },
  ): Promise<BareClient> {
    const { host, port, user = 'postgres', database = 'postgres', password } = server;
    return new Promise((resolve, reject) => {
      const socket = connect({ host, port, noDelay: true }, () => socket.write(startup(user, database)));
      socket.once('error', reject);
      const client = new BareClient(socket);
      const nonce = randomBytes(18).toString('base64');
      const first = `n=*,r=${nonce}`;
      client.#onMessage = (type, body) => {
        if (type === 'E') reject(new Error(body.toString('latin1')));
        if (type === 'Z') resolve(client);
        if (type !== 'R') return;
        const step = body.readInt32BE(0);
        if (step === 10) socket.write(firstAnswer(first));
        if (step === 11) socket.write(finalAnswer(body.toString('utf8', 4), first, password, known));
      };
    });
  }

  /** Runs one simple query; resolves when the server is ready again. */
  query(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#onMessage = (type, body) => {
        if (type === 'E') reject(new Error(body.toString('latin1')));
        if (type === 'Z') resolve();
      };
      this.#socket.write(message('Q', Buffer.from(`${text}\0`)));
    });
  }

  close(): void {
    this.#socket.end(message('X', Buffer.alloc(0)));
    this.#socket.destroySoon();
  }

  #take(chunk: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    while (this.#pending.length >= 5) {
      const end = this.#pending.readInt32BE(1) + 1;
      if (this.#pending.length < end) return;
      const type = this.#pending.toString('latin1', 0, 1);
      const body = this.#pending.subarray(5, end);
      this.#pending = this.#pending.subarray(end);
      this.#onMessage(type, body);
    }
  }
}

function firstAnswer(first: string): Buffer {
  const body = Buffer.from(`n,,${first}`);
  return message('p', Buffer.concat([Buffer.from('SCRAM-SHA-256\0'), lengthOf(body), body]));
}

/** RFC 5802: the client's proof, without checking the server's. */
function finalAnswer(
  challenge: string,
  first: string,
  password: string,
  known: { current: SaltedKey | null },
): Buffer {
  const parts = new Map(challenge.split(',').map((part) => [part.slice(0, 1), part.slice(2)]));
  const salt = parts.get('s') ?? '';
  if (known.current?.salt !== salt) {
    const key = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(parts.get('i')), 32, 'sha256');
    known.current = { salt, key };
  }
  const clientKey = createHmac('sha256', known.current.key).update('Client Key').digest();
  const storedKey = createHash('sha256').update(clientKey).digest();
  const final = `c=biws,r=${parts.get('r')}`;
  const signature = createHmac('sha256', storedKey).update(`${first},${challenge},${final}`).digest();
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ (signature[index] ?? 0)));
  return message('p', Buffer.from(`${final},p=${proof.toString('base64')}`));
}
