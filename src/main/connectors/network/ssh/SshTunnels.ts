import type { Duplex } from 'node:stream';
import { SharedWork } from '../../../base/async/SharedWork.ts';
import { openTunnel, type TunnelOptions } from './openTunnel.ts';
import type { SshTunnel } from './SshTunnel.ts';
import type { SshPlace } from './sshErrors.ts';

interface SharedTunnel {
  /** Of whoever came first: the others wait for the same one. */
  readonly opening: SharedWork<SshTunnel>;
  tunnel: SshTunnel | null;
}

/**
 * The tunnels of the process. Connections with the same key share one; it is opened for the first of them, closed with
 * the last, and opened anew when it was lost.
 */
export class SshTunnels {
  readonly #tunnels = new Map<string, SharedTunnel>();

  /**
   * A socket through the tunnel. Its loss ends the socket.
   * @param key of whoever shares the tunnel; holds all settings that it depends on
   * @throws what `openTunnel` and `SshTunnel.openChannel` throw; nothing is left open then
   */
  async connect(key: string, options: TunnelOptions, place: SshPlace, signal: AbortSignal): Promise<Duplex> {
    const { stages } = options;
    const tunnel = await this.#tunnel(key, options, signal);
    tunnel.hold();
    try {
      stages.begin('tcp');
      const socket = await tunnel.openChannel(place, signal);
      socket.once('close', () => tunnel.release());
      stages.succeed(`${place.host}, port ${place.port}, through the tunnel`);
      return socket;
    } catch (error) {
      tunnel.release();
      throw error;
    }
  }

  async #tunnel(key: string, options: TunnelOptions, signal: AbortSignal): Promise<SshTunnel> {
    const known = this.#tunnels.get(key);
    if (known?.tunnel?.isUsable === true) return known.tunnel;
    const shared = known?.tunnel === null ? known : this.#begin(key, options);
    return shared.opening.join(signal);
  }

  #begin(key: string, options: TunnelOptions): SharedTunnel {
    const opening = new SharedWork(async (signal) => {
      try {
        const tunnel = await openTunnel(options, signal);
        shared.tunnel = tunnel;
        tunnel.onClosed.on(() => this.#forget(key, shared));
        return tunnel;
      } catch (error) {
        this.#forget(key, shared);
        throw error;
      }
    });
    const shared: SharedTunnel = { opening, tunnel: null };
    this.#tunnels.set(key, shared);
    return shared;
  }

  #forget(key: string, shared: SharedTunnel): void {
    if (this.#tunnels.get(key) === shared) this.#tunnels.delete(key);
  }
}
