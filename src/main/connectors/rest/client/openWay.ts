import type { Socket } from 'node:net';
import type { TlsState } from '../../../../shared/model/testReport.ts';
import type { TlsSettings } from '../../../../shared/model/tls.ts';
import type { Clock } from '../../../base/Clock.ts';
import { openHttpTunnel } from '../../network/proxy/openHttpTunnel.ts';
import { ProxyRefused } from '../../network/proxy/ProxyRefused.ts';
import type { StageReporter } from '../../network/StageReporter.ts';
import { reachServer } from '../../network/sockets/reachServer.ts';
import type { Lookup } from '../../network/sockets/resolveHost.ts';
import type { AskPassphrase } from '../../network/tls/clientIdentity.ts';
import { prepareTls } from '../../network/tls/prepareTls.ts';
import { readTlsState } from '../../network/tls/tlsState.ts';
import { upgradeToTls } from '../../network/tls/upgradeToTls.ts';

export type WayStage = 'dns' | 'tcp' | 'socket' | 'tls';
export type WayStages = Pick<StageReporter<WayStage>, 'begin' | 'succeed' | 'skip'>;

/** Where to, and how. */
export interface WayTarget {
  /** Encrypted if it is `https`. */
  readonly origin: URL;
  readonly proxy: URL | null;
  /** How the certificate is checked. */
  readonly tls: TlsSettings;
  /** Of the key of the client certificate. */
  readonly passphrase: AskPassphrase;
}

/** Milliseconds of each stage; null for one that was not needed. */
export interface WayTiming {
  readonly dnsMs: number | null;
  readonly tcpMs: number | null;
  readonly tlsMs: number | null;
}

/** An open socket on which HTTP can be spoken. */
export interface Way {
  readonly socket: Socket;
  readonly tls: TlsState;
  readonly timing: WayTiming;
}

/** Where a URL leads. */
export function placeOfUrl(url: URL): { readonly host: string; readonly port: number } {
  const usual = url.protocol === 'https:' ? 443 : 80;
  return { host: url.hostname, port: url.port === '' ? usual : Number(url.port) };
}

/**
 * Name look-up, TCP, tunnel through a proxy and TLS, each reported.
 * @throws errno and TLS errors, WireFailure, CertificateRefused, ProxyRefused, or the abort's reason; nothing is left open
 */
export async function openWay(
  target: WayTarget,
  lookup: Lookup,
  clock: Clock,
  stages: WayStages,
  signal: AbortSignal,
): Promise<Way> {
  const timed = new TimedStages(stages, clock);
  const { socket } = await reachServer(
    placeOfUrl(target.proxy ?? target.origin),
    lookup,
    clock,
    timed,
    signal,
  );
  try {
    const secured = await secure(socket, target, timed, signal);
    return { ...secured, timing: timed.timing };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

async function secure(
  socket: Socket,
  { origin, proxy, tls, passphrase }: WayTarget,
  stages: WayStages,
  signal: AbortSignal,
): Promise<{ readonly socket: Socket; readonly tls: TlsState }> {
  const isEncrypted = origin.protocol === 'https:';
  const toProxy = proxy?.protocol === 'https:' ? await secureProxy(socket, proxy, signal) : socket;
  if (!isEncrypted) {
    stages.skip('tls', 'The base URL begins with http://');
    return { socket: toProxy, tls: { active: false } };
  }
  stages.begin('tls');
  const settings = tls.mode === 'disable' ? fullCheck : tls;
  const prepared = await prepareTls(settings, passphrase);
  if (proxy !== null) await openHttpTunnel(toProxy, placeOfUrl(origin), null, signal);
  // A server speaks TLS only when it is spoken to: what is there already would be taken for the API's own words.
  if (toProxy.readableLength > 0) throw new ProxyRefused(null, 'The proxy sent more than its answer.');
  const encrypted = await upgradeToTls(toProxy, prepared, origin.hostname, signal);
  const state = readTlsState(encrypted, settings.mode, prepared.client);
  stages.succeed(`${state.protocol}, ${state.cipher}`);
  return { socket: encrypted, tls: state };
}

/** Only the API and its authorization server are shown the client certificate. */
async function secureProxy(socket: Socket, { hostname }: URL, signal: AbortSignal): Promise<Socket> {
  return upgradeToTls(socket, await prepareTls(fullCheck, noPassphrase), hostname, signal);
}

/** For what has no client certificate. */
export const noPassphrase: AskPassphrase = async () => null;

/** For what the settings do not speak of, such as a token URL with `https` of an API without. */
export const fullCheck: TlsSettings = { mode: 'verify-full', caPem: null };

/** Times stages for the answer beside reporting them. */
class TimedStages implements WayStages {
  readonly #inner: WayStages;
  readonly #clock: Clock;
  readonly #durations = new Map<WayStage, number>();
  #running: { readonly name: WayStage; readonly startedMs: number } | null = null;

  constructor(inner: WayStages, clock: Clock) {
    this.#inner = inner;
    this.#clock = clock;
  }

  get timing(): WayTiming {
    const of = (name: WayStage) => this.#durations.get(name) ?? null;
    return { dnsMs: of('dns'), tcpMs: of('tcp'), tlsMs: of('tls') };
  }

  begin(name: WayStage): void {
    this.#running = { name, startedMs: this.#clock.monotonicMs() };
    this.#inner.begin(name);
  }

  succeed(note: string | null): void {
    if (this.#running !== null) {
      const { name, startedMs } = this.#running;
      this.#durations.set(name, this.#clock.monotonicMs() - startedMs);
      this.#running = null;
    }
    this.#inner.succeed(note);
  }

  skip(name: WayStage, note: string): void {
    this.#inner.skip(name, note);
  }
}
