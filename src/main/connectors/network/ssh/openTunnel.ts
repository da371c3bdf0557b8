import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { SshNetwork } from '../../../../shared/model/network.ts';
import type { Clock } from '../../../base/Clock.ts';
import { readTextIfThere } from '../../../base/files/readWhole.ts';
import { connectError } from '../failures/connectError.ts';
import type { EngineWords } from '../failures/connectSubject.ts';
import { reachServer } from '../sockets/reachServer.ts';
import { type HopStage, type ReachStages, silentStages } from '../sockets/reachStages.ts';
import type { Lookup } from '../sockets/resolveHost.ts';
import { fingerprintOf } from './hostKeys.ts';
import { type KnownHost, maxKnownHostsBytes, readKnownHosts } from './knownHosts.ts';
import { openSession } from './openSession.ts';
import { type PlannedHop, planHops } from './planHops.ts';
import type { NetworkAccess } from './SshContext.ts';
import { SshLogIn } from './SshLogIn.ts';
import { SshTunnel } from './SshTunnel.ts';
import { HostKeyChanged } from './sshErrors.ts';

/** How an SSH server is spoken of where a failure of the network is explained. */
const sshWords: EngineWords = {
  label: 'Secure Shell (SSH)',
  usualPorts: 'SSH usually uses port 22',
  tlsTurnedOff: '',
};

export interface TunnelOptions {
  readonly network: SshNetwork;
  readonly access: NetworkAccess;
  readonly clock: Clock;
  readonly lookup: Lookup;
  readonly stages: ReachStages;
}

/**
 * Opens a session with each SSH server of a chain, through the one before. A stage for each hop.
 * @throws AppError with causes and fixes, or the abort's reason; nothing is left open then
 */
export async function openTunnel(options: TunnelOptions, signal: AbortSignal): Promise<SshTunnel> {
  const { network, access, clock, stages } = options;
  const tunnel = new SshTunnel(clock);
  const knownHosts = await readAllKnownHosts(access);
  const planned = await planHops(network, access);
  try {
    for (const [index, hops] of planned.entries()) {
      stages.begin(stageOf(index));
      const notes: string[] = [];
      for (const hop of hops) notes.push(await addHop(tunnel, hop, knownHosts, options, signal));
      stages.succeed(notes.join(' → '));
    }
    return tunnel;
  } catch (error) {
    tunnel.close();
    throw error;
  }
}

/** The name of a hop's stage, by its place in the settings. */
const stageOf = (index: number): HopStage => `hop${index + 1}` as HopStage;

async function addHop(
  tunnel: SshTunnel,
  hop: PlannedHop,
  knownHosts: readonly KnownHost[],
  options: TunnelOptions,
  signal: AbortSignal,
): Promise<string> {
  const { server, user } = hop;
  const { access } = options;
  const logIn = new SshLogIn({ ...hop, ask: access.askPerson ?? null, signal });
  try {
    const socket = await socketTo(hop, tunnel, options, signal);
    const { client, hostKey } = await openSession({ socket, server, user, knownHosts, logIn }, signal);
    tunnel.add(server, client, socket);
    return `${user}@${server.host}, port ${server.port}: ${logIn.words}; host key ${fingerprintOf(hostKey.bytes)}`;
  } catch (error) {
    const aim = { engine: sshWords, place: server, user, database: null, tls: null, connectMs: 0 };
    const failed = { aim, during: 'while opening the SSH tunnel', secret: null };
    if (signal.aborted) throw error;
    if (error instanceof HostKeyChanged) access.hostKeyChanged?.(error);
    throw connectError(error, failed, { explain: () => null, wordsOf: () => null });
  }
}

async function socketTo(
  { server }: PlannedHop,
  tunnel: SshTunnel,
  { lookup, clock }: TunnelOptions,
  signal: AbortSignal,
): Promise<Duplex> {
  if (!tunnel.isEmpty) return tunnel.openChannel(server, signal);
  const { socket } = await reachServer(server, lookup, clock, silentStages, signal);
  return socket;
}

/** Those that were accepted in Mooring, then the user's own. */
async function readAllKnownHosts({ acceptedHostKeys }: NetworkAccess): Promise<readonly KnownHost[]> {
  const accepted = (await acceptedHostKeys?.()) ?? '';
  const own = await readTextIfThere(join(homedir(), '.ssh', 'known_hosts'), maxKnownHostsBytes);
  return [...readKnownHosts(accepted), ...readKnownHosts(own)];
}
