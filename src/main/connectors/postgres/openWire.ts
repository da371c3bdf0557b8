import type { Duplex } from 'node:stream';
import type { TlsState } from '../../../shared/model/testReport.ts';
import type { TlsSettings } from '../../../shared/model/tls.ts';
import type { Clock } from '../../base/Clock.ts';
import { openTcp } from '../network/openTcp.ts';
import { type HostAddress, type Lookup, literalAddress, resolveHost } from '../network/resolveHost.ts';
import type { StageReporter } from '../network/StageReporter.ts';
import { readTlsState } from '../network/tlsState.ts';
import { upgradeToTls } from './upgradeToTls.ts';

/** Which server, and how the way to it is protected. */
export interface WireTarget {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsSettings;
}

/** A socket to the server on which the protocol can begin. */
export interface Wire {
  readonly stream: Duplex;
  /** Where it leads, for a cancel request that must reach the same server. */
  readonly address: HostAddress;
  readonly tls: TlsState;
}

/**
 * Name look-up, TCP and TLS, each told to the reporter.
 * @throws errno and TLS errors, WireFailure, CertificateRefused, or the abort's reason; nothing is left open
 */
export async function openWire(
  target: WireTarget,
  lookup: Lookup,
  clock: Clock,
  stages: StageReporter,
  signal: AbortSignal,
): Promise<Wire> {
  const addresses = await findAddresses(target.host, lookup, stages, signal);
  stages.begin('tcp');
  const { socket, address } = await openTcp(addresses, target.port, clock, signal);
  stages.succeed(`${address.address}, port ${target.port}`);
  if (target.tls.mode === 'disable') {
    stages.skip('tls', 'TLS is turned off');
    return { stream: socket, address, tls: { active: false } };
  }
  stages.begin('tls');
  const secure = await upgradeToTls(socket, target.tls, target.host, signal);
  const tls = readTlsState(secure, target.tls.mode);
  stages.succeed(`${tls.protocol}, ${tls.cipher}`);
  return { stream: secure, address, tls };
}

/** The same way again, without look-up and report. */
export async function reopenWire(
  target: WireTarget,
  address: HostAddress,
  clock: Clock,
  signal: AbortSignal,
): Promise<Duplex> {
  const { socket } = await openTcp([address], target.port, clock, signal);
  return target.tls.mode === 'disable' ? socket : upgradeToTls(socket, target.tls, target.host, signal);
}

async function findAddresses(
  host: string,
  lookup: Lookup,
  stages: StageReporter,
  signal: AbortSignal,
): Promise<readonly HostAddress[]> {
  const literal = literalAddress(host);
  if (literal !== null) {
    stages.skip('dns', 'The host is already an IP address');
    return [literal];
  }
  stages.begin('dns');
  const addresses = await resolveHost(host, lookup, signal);
  stages.succeed(addresses.map(({ address }) => address).join(', '));
  return addresses;
}
