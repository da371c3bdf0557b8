import type { Duplex } from 'node:stream';
import type { Endpoint } from '../../../shared/engines/Engine.ts';
import type { NetworkSettings, ProxyNetwork } from '../../../shared/model/network.ts';
import type { Clock } from '../../base/Clock.ts';
import { connectError } from './failures/connectError.ts';
import type { EngineWords } from './failures/connectSubject.ts';
import { openHttpTunnel } from './proxy/openHttpTunnel.ts';
import { openSocksTunnel } from './proxy/openSocksTunnel.ts';
import { ProxyRefused } from './proxy/ProxyRefused.ts';
import { proxyRefused } from './proxy/proxyErrors.ts';
import { reachServer, type Way } from './sockets/reachServer.ts';
import { type ReachStages, silentStages } from './sockets/reachStages.ts';
import { type Lookup, systemLookup } from './sockets/resolveHost.ts';
import type { NetworkAccess } from './ssh/SshContext.ts';
import { SshTunnels } from './ssh/SshTunnels.ts';

type HostAndPort = Extract<Endpoint['place'], { host: string }>;

/** How a proxy is spoken of where a failure of the network is explained. */
const proxyWords: EngineWords = {
  label: 'proxy',
  usualPorts: 'SOCKS usually uses port 1080, HTTP proxies 3128 or 8080',
  tlsTurnedOff: '',
};

/** What a way needs to know of a connect. */
export interface WayOptions extends NetworkAccess {
  /** Undefined: straight from this computer. */
  readonly network: NetworkSettings | undefined;
  /** Whose connections share a tunnel; absent: this one alone. */
  readonly sourceId?: string;
}

/** Knows the ways to a server: straight, through the tunnels of the process, or through a proxy. */
export class Dialer {
  readonly #clock: Clock;
  readonly #lookup: Lookup;
  readonly #tunnels = new SshTunnels();
  #loneCount = 0;

  constructor(clock: Clock, lookup: Lookup = systemLookup) {
    this.#clock = clock;
    this.#lookup = lookup;
  }

  wayTo(place: Endpoint['place'], { network, sourceId, ...access }: WayOptions): Way {
    if (network === undefined || 'socketPath' in place) {
      return { reach: (stages, signal) => reachServer(place, this.#lookup, this.#clock, stages, signal) };
    }
    if (network.type !== 'ssh') {
      return wayThrough((stages, signal) => this.#throughProxy(place, network, access, stages, signal));
    }
    this.#loneCount += 1;
    const key = JSON.stringify([sourceId ?? this.#loneCount, network]);
    const common = { network, access, clock: this.#clock, lookup: this.#lookup };
    return wayThrough((stages, signal) => this.#tunnels.connect(key, { ...common, stages }, place, signal));
  }

  async #throughProxy(
    place: HostAndPort,
    network: ProxyNetwork,
    { secret }: NetworkAccess,
    stages: ReachStages,
    signal: AbortSignal,
  ): Promise<Duplex> {
    const socket = await this.#reachProxy(network, stages, signal);
    try {
      stages.begin('proxy');
      const { user } = network;
      const login = user === null ? null : { user, password: (await secret('proxyPassword')) ?? '' };
      const open = network.type === 'socks5' ? openSocksTunnel : openHttpTunnel;
      await open(socket, place, login, signal);
      stages.succeed(`${place.host}, port ${place.port}`);
      return socket;
    } catch (error) {
      socket.destroy();
      if (error instanceof ProxyRefused)
        throw proxyRefused(network, `${place.host}, port ${place.port}`, error);
      throw error;
    }
  }

  async #reachProxy(
    { host, port, user }: ProxyNetwork,
    stages: ReachStages,
    signal: AbortSignal,
  ): Promise<Duplex> {
    const place = { host, port };
    try {
      return (await reachServer(place, this.#lookup, this.#clock, stages, signal)).socket;
    } catch (error) {
      if (signal.aborted) throw error;
      const aim = { engine: proxyWords, place, user: user ?? '', database: null, tls: null, connectMs: 0 };
      const failed = { aim, during: 'while connecting to the proxy', secret: null };
      throw connectError(error, failed, { explain: () => null, wordsOf: () => null });
    }
  }
}

/** A way whose far end is found by somebody else. */
const wayThrough = (open: (stages: ReachStages, signal: AbortSignal) => Promise<Duplex>): Way => ({
  async reach(stages, signal) {
    const socket = await open(stages, signal);
    return { socket, address: null, again: (later) => open(silentStages, later) };
  },
});
