import { withDeadline } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { openTcp } from '../network/openTcp.ts';
import { isRefusedByHba } from './connectFailureKind.ts';
import type { Wire } from './openWire.ts';
import { agreesToTls } from './upgradeToTls.ts';
import { WireFailure } from './WireFailure.ts';

/** How long the question may take; without an answer the failure is told without it. */
const patienceMs = 2_000;

/**
 * Whether the server that kept us out might have let us in with TLS: it offers it, and we did not use it. Asked over a
 * socket of its own, and only when pg_hba.conf was the reason. Never rejects.
 */
export async function couldEncrypt(
  error: unknown,
  wire: Wire | null,
  port: number,
  clock: Clock,
  signal: AbortSignal,
): Promise<boolean> {
  if (wire === null || wire.tls.active || !isRefusedByHba(error)) return false;
  const timeout = () => new WireFailure('closed', 'The server did not say in time whether it offers TLS');
  try {
    return await withDeadline(clock, signal, patienceMs, timeout, async (bounded) => {
      const { socket } = await openTcp([wire.address], port, clock, bounded);
      return agreesToTls(socket, bounded);
    });
  } catch {
    return false;
  }
}
