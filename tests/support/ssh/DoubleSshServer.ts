import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { type Connection, type KeyboardAuthContext, Server, utils } from 'ssh2';

/** What a log-in by questions is asked, and which answers let in. */
export interface Dialogue {
  readonly instructions: string;
  readonly questions: readonly { readonly prompt: string; readonly echo: boolean }[];
  readonly answers: readonly string[];
}

/**
 * A double of an SSH server, for what an unprivileged sshd does not do: it lets in with a password or by questions, and
 * connects on to where it is asked to.
 */
export class DoubleSshServer {
  readonly host = '127.0.0.1';
  readonly user = 'ann';
  readonly port: number;
  /** The line of known_hosts about it. */
  readonly knownHostLine: string;
  readonly #server: Server;
  readonly #clients: Set<Connection>;

  private constructor(server: Server, clients: Set<Connection>, publicKey: string) {
    this.#server = server;
    this.#clients = clients;
    this.port = (server.address() as AddressInfo).port;
    this.knownHostLine = `[${this.host}]:${this.port} ${publicKey.split(' ').slice(0, 2).join(' ')}`;
  }

  static async start(login: {
    readonly password?: string;
    readonly dialogue?: Dialogue;
  }): Promise<DoubleSshServer> {
    const host = utils.generateKeyPairSync('ed25519');
    const clients = new Set<Connection>();
    const server = new Server({ hostKeys: [host.private] }, (client) => {
      clients.add(client);
      client.on('error', () => undefined).once('close', () => clients.delete(client));
      letIn(client, login);
      connectOn(client);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new DoubleSshServer(server, clients, host.public);
  }

  dispose(): void {
    for (const client of this.#clients) client.end();
    this.#server.close();
  }
}

function letIn(
  client: Connection,
  login: { readonly password?: string; readonly dialogue?: Dialogue },
): void {
  const offered: ('password' | 'keyboard-interactive')[] = [
    ...(login.password === undefined ? [] : (['password'] as const)),
    ...(login.dialogue === undefined ? [] : (['keyboard-interactive'] as const)),
  ];
  client.on('authentication', (context) => {
    if (
      context.method === 'password' &&
      login.password !== undefined &&
      context.password === login.password
    ) {
      context.accept();
    } else if (context.method === 'keyboard-interactive' && login.dialogue !== undefined) {
      askQuestions(context, login.dialogue, offered);
    } else context.reject(offered);
  });
}

function askQuestions(
  context: KeyboardAuthContext,
  { instructions, questions, answers }: Dialogue,
  offered: ('password' | 'keyboard-interactive')[],
): void {
  context.prompt([...questions], '', instructions, (given) => {
    if (JSON.stringify(given) === JSON.stringify(answers)) context.accept();
    else context.reject(offered);
  });
}

function connectOn(client: Connection): void {
  client.on('tcpip', (accept, reject, { destIP, destPort }) => {
    const socket = connect({ host: destIP, port: destPort, noDelay: true });
    socket.once('error', () => reject());
    socket.once('connect', () => {
      const channel = accept();
      socket.on('error', () => channel.close());
      channel.pipe(socket).pipe(channel);
    });
  });
}
