import { loadavg } from 'node:os';
import { neverAborted } from '../../src/main/base/abort.ts';
import { systemClock } from '../../src/main/base/Clock.ts';
import type { SqlConnection } from '../../src/main/connectors/Connection.ts';
import { ConnectionFactory } from '../../src/main/connectors/ConnectionFactory.ts';
import { requireSql } from '../../src/main/connectors/speaksSql.ts';
import type { NetworkSettings } from '../../src/shared/model/network.ts';
import { defaultTimeoutSettings } from '../../src/shared/model/poolSettings.ts';
import type { PostgresCluster } from '../support/postgresCluster.ts';
import { makeKey, SshServer } from '../support/ssh/SshServer.ts';
import { tunnelThrough } from '../support/ssh/tunnelled.ts';
import { type Figure, median, timed } from './figures.ts';

const tripsPerRound = 300;
const tripRounds = 20;
const transferRounds = 15;
/** Rounds before those that count: code is compiled, and the windows of TCP have grown. */
const warmUpRounds = 3;
/** Rows of a kilobyte: 100 MB. */
const transferRows = 100_000;
const transferMb = 100;

/** Opens a session of the cluster's server, directly or through a tunnel. */
type Open = (network?: NetworkSettings) => Promise<SqlConnection>;

const opener =
  ({ host, port, user, password }: PostgresCluster, knownHosts: string): Open =>
  async (network) => {
    const tls = { mode: 'disable', caPem: null } as const;
    const config = { host, port, user, database: 'postgres', tls, ...(network !== undefined && { network }) };
    const connection = await new ConnectionFactory(systemClock).connect(
      {
        engine: { kind: 'postgres', config },
        readOnly: false,
        timeouts: { ...defaultTimeoutSettings, queryMs: 600_000 },
        secret: async (field) => (field === 'password' ? password : null),
        acceptedHostKeys: async () => knownHosts,
        applicationName: 'Mooring bench',
      },
      { signal: neverAborted },
    );
    return requireSql(connection);
  };

/** Milliseconds that a round trip takes, one after the other. */
async function roundTrip(session: SqlConnection): Promise<number> {
  const tookMs = await timed(async () => {
    for (let trip = 0; trip < tripsPerRound; trip += 1) {
      await session.query({ text: 'select 1' }, { signal: neverAborted });
    }
  });
  return tookMs / tripsPerRound;
}

/** Megabytes in a second, into a consumer that keeps nothing. */
async function transferRate(session: SqlConnection): Promise<number> {
  let count = 0;
  const tookMs = await timed(async () => {
    const text = `SELECT repeat('x', 1000) FROM generate_series(1, ${transferRows})`;
    const stream = await session.run({ text }, { signal: neverAborted });
    for (;;) {
      const { starts } = await stream.nextEncoded();
      if (starts.length === 0) return;
      count += starts.length;
    }
  });
  if (count !== transferRows) throw new Error(`${count} rows came`);
  return transferMb / (tookMs / 1_000);
}

/**
 * Both in turn, round by round, so that a busy machine is busy for both. Who comes first changes with each round. The
 * ratio is the median of those of the rounds.
 */
async function inTurn(
  rounds: number,
  measure: (session: SqlConnection) => Promise<number>,
  sessions: readonly [direct: SqlConnection, tunnelled: SqlConnection],
): Promise<{ direct: number; tunnelled: number; ratio: number }> {
  const measured: { direct: number; tunnelled: number }[] = [];
  for (let round = -warmUpRounds; round < rounds; round += 1) {
    const isDirectFirst = round % 2 === 0;
    const first = await measure(sessions[isDirectFirst ? 0 : 1]);
    const second = await measure(sessions[isDirectFirst ? 1 : 0]);
    const [direct, tunnelled] = isDirectFirst ? [first, second] : [second, first];
    if (round >= 0) measured.push({ direct, tunnelled });
  }
  return {
    direct: median(measured.map(({ direct }) => direct)),
    tunnelled: median(measured.map(({ tunnelled }) => tunnelled)),
    ratio: median(measured.map(({ direct, tunnelled }) => tunnelled / direct)),
  };
}

/** A session through a tunnel of a real sshd against a direct one, to the same server. */
export async function measureTunnel(cluster: PostgresCluster): Promise<Figure[]> {
  const key = await makeKey();
  const server = await SshServer.start({ authorized: [key.publicLine] });
  try {
    const open = opener(cluster, await server.knownHostLine());
    const [direct, tunnelled] = [await open(), await open(tunnelThrough(key.path, [server]))];
    const load = `load ${loadavg()[0]?.toFixed(1)}`;
    const trips = await inTurn(tripRounds, roundTrip, [direct, tunnelled]);
    const transfer = await inTurn(transferRounds, transferRate, [direct, tunnelled]);
    await Promise.all([direct.close(), tunnelled.close()]);
    return [
      {
        name: 'a round trip through an SSH tunnel',
        value: trips.tunnelled,
        unit: 'ms',
        against: `${trips.ratio.toFixed(2)} times direct, ${trips.direct.toFixed(2)} ms (promised: at most 2.5); ${load}`,
      },
      {
        name: `${transferMb} MB of rows through an SSH tunnel`,
        value: transfer.tunnelled,
        unit: 'MB/s',
        against: `${transfer.ratio.toFixed(2)} of direct, ${transfer.direct.toFixed(0)} MB/s (promised: 0.6); ${load}`,
      },
    ];
  } finally {
    await Promise.all([server.dispose(), key.dispose()]);
  }
}
