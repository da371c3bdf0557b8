import type { SshHop, SshNetwork } from '../../../src/shared/model/network.ts';
import { hopSlots } from '../../../src/shared/model/sshHops.ts';

interface HopPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** A tunnel through these servers, with the same key on each. */
export const tunnelThrough = (
  keyPath: string,
  servers: readonly HopPlace[],
  change: Partial<SshHop> = {},
): SshNetwork => ({
  type: 'ssh',
  hops: servers.map(({ host, port, user }, index) => ({
    ...{ slot: hopSlots[index] ?? 'A', host, port, user },
    ...{ auth: 'key', keyPath, ...change },
  })),
});
