import { open } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { onAbort, withDeadline } from '../../base/abort.ts';
import type { Clock } from '../../base/Clock.ts';
import { serverFailed } from '../embeddedErrors.ts';
import type { ServerSpec } from '../ServerSpec.ts';
import { ScramClient, serverLogin } from './ScramClient.ts';

/** On this computer an answer takes milliseconds; a server that takes this long hangs. */
const timeoutMs = 3_000;

/** What a login to a server on this computer showed. */
export type LoginOutcome =
  /** It took the password, proved that it knew it, and works on the cluster asked for. */
  | 'ours'
  /** It refused the password. */
  | 'refused'
  /** Nobody answers, or somebody else does. */
  | 'other';

export interface LoginProbe {
  readonly spec: ServerSpec;
  readonly port: number;
  readonly clusterFolder: string;
  readonly password: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Logs in as the server's one role. The listener on a remembered port may be anybody, so only SCRAM is spoken: it gives nothing
 * away and proves that the server knows the password too. The id of its cluster says whether it is the one asked for.
 * @throws the abort's reason
 */
export async function probeLogin(probe: LoginProbe): Promise<LoginOutcome> {
  const { clock, signal } = probe;
  const tooSlow = () => serverFailed('reached', 'The server did not respond to a log-in in time.');
  try {
    const clusterId = await withDeadline(clock, signal, timeoutMs, tooSlow, (deadline) =>
      readClusterId(probe, deadline),
    );
    return clusterId === (await clusterIdOf(probe.clusterFolder)) ? 'ours' : 'other';
  } catch (error) {
    if (signal.aborted) throw error;
    return error instanceof pg.DatabaseError && error.code === '28P01' ? 'refused' : 'other';
  }
}

async function readClusterId(probe: LoginProbe, signal: AbortSignal): Promise<string> {
  const { spec, port, password } = probe;
  const login = serverLogin(spec, port, password);
  const client = new ScramClient({ ...login, options: '', connectionTimeoutMillis: 0 });
  const listening = onAbort(signal, () => client.hangUp());
  try {
    await client.connect();
    const result = await client.query<{ id: string }>(
      'SELECT system_identifier::text AS id FROM pg_control_system()',
    );
    return result.rows[0]?.id ?? '';
  } finally {
    listening.dispose();
    client.hangUp();
  }
}

/** A cluster's id is made by initdb: the first eight bytes of its control file, in the machine's own byte order. */
async function clusterIdOf(clusterFolder: string): Promise<string> {
  const file = await open(path.join(clusterFolder, 'global', 'pg_control'));
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.readBigUInt64LE().toString();
  } finally {
    await file.close();
  }
}
