import type { Duplex } from 'node:stream';
import type { Client, ClientChannel } from 'ssh2';
import { abortReason, onAbort } from '../../../base/abort.ts';
import type { Clock } from '../../../base/Clock.ts';
import { Emitter } from '../../../base/Emitter.ts';
import { WireFailure } from '../failures/WireFailure.ts';
import { channelRefused, type SshPlace } from './sshErrors.ts';
import { TunnelSocket } from './TunnelSocket.ts';

/** A channel that was waited for this long in vain makes the tunnel suspect. */
const suspectAfterMs = 1_000;
/** How long the servers may take to close in order. */
const goodbyeMs = 1_000;

/**
 * The sessions with the SSH servers of a chain, each reached through the one before. It is open for as long as somebody
 * holds it.
 */
export class SshTunnel {
  /** It is closed, whoever closed it. */
  readonly onClosed = new Emitter<void>();
  readonly #clock: Clock;
  readonly #links: { readonly server: SshPlace; readonly client: Client; readonly socket: Duplex }[] = [];
  #holders = 0;
  #isClosed = false;
  #isSuspect = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a new connection may go through it. */
  get isUsable(): boolean {
    return !this.#isClosed && !this.#isSuspect;
  }

  /** Whether no session is open in it yet. */
  get isEmpty(): boolean {
    return this.#links.length === 0;
  }

  /** Another server of the chain, in which a session is open. */
  add(server: SshPlace, client: Client, socket: Duplex): void {
    this.#links.push({ server, client, socket });
    client.once('close', () => this.close());
    socket.once('close', () => this.close());
    if (socket.destroyed) this.close();
  }

  hold(): void {
    this.#holders += 1;
  }

  /** The last one who lets go closes the tunnel. */
  release(): void {
    this.#holders -= 1;
    if (this.#holders === 0) this.close();
  }

  /**
   * A socket to a place as the last server of the chain sees it, which also looks up its name.
   * @throws SSH_CHANNEL_REFUSED, WireFailure, or the abort's reason
   */
  async openChannel({ host, port }: SshPlace, signal: AbortSignal): Promise<Duplex> {
    const link = this.#links.at(-1);
    if (link === undefined || this.#isClosed) throw new WireFailure('closed', 'The SSH tunnel is closed.');
    const startedMs = this.#clock.monotonicMs();
    const channel = await new Promise<ClientChannel>((resolve, reject) => {
      const listening = onAbort(signal, () => {
        // The answer may never come: whoever connects next goes through a new tunnel, and nobody is thrown out of this one.
        if (this.#clock.monotonicMs() - startedMs >= suspectAfterMs) this.#isSuspect = true;
        queueMicrotask(() => reject(abortReason(signal)));
      });
      // Where it comes from says nothing to the server, and is required (RFC 4254, section 7.2).
      link.client.forwardOut('127.0.0.1', 0, host, port, (error, opened) => {
        listening.dispose();
        if (signal.aborted) opened?.close();
        if (error === undefined) resolve(opened);
        else reject(this.#refusal(link.server, `${host}, port ${port}`, error));
      });
    });
    return new TunnelSocket(channel);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const { client } of this.#links.toReversed()) client.end();
    const patience = this.#clock.after(goodbyeMs, () => this.#links[0]?.socket.destroy());
    const [first] = this.#links;
    if (first === undefined || first.socket.destroyed) patience.cancel();
    else first.socket.once('close', () => patience.cancel());
    this.onClosed.emit();
  }

  #refusal(server: SshPlace, place: string, error: Error & { reason?: unknown }): unknown {
    if (this.#isClosed) return new WireFailure('closed', 'The SSH tunnel was lost.');
    const reason = typeof error.reason === 'number' ? error.reason : null;
    return channelRefused(server, place, reason, error.message);
  }
}
