import type { QueueStore } from '../../../src/main/sync/queue/QueueStore.ts';
import { PostgresCluster } from '../postgresCluster.ts';
import { RedisServer } from '../RedisServer.ts';
import { signalServer } from '../serverProcess.ts';

/** A server of its own in which several computers have their queue. */
export interface SharedStore {
  readonly name: string;
  readonly store: QueueStore;
  /** From now on it answers nothing, and keeps all connections. */
  pause(): void;
  resume(): void;
  dispose(): Promise<void>;
}

export async function postgresStore(): Promise<SharedStore> {
  const cluster = await PostgresCluster.start();
  const { host, port, user, password } = cluster;
  return {
    name: 'PostgreSQL',
    store: { type: 'postgres', host, port, user, password, database: 'postgres', tls: { mode: 'off' } },
    pause: () => signalServer(cluster.pid, 'SIGSTOP'),
    resume: () => signalServer(cluster.pid, 'SIGCONT'),
    dispose: async () => {
      if (cluster.isRunning) signalServer(cluster.pid, 'SIGCONT');
      await cluster.dispose();
    },
  };
}

export async function redisStore(): Promise<SharedStore> {
  const server = await RedisServer.start();
  return {
    ...{ name: 'Redis', store: server.store() },
    pause: () => void process.kill(server.pid, 'SIGSTOP'),
    resume: () => void process.kill(server.pid, 'SIGCONT'),
    dispose: () => server.dispose(),
  };
}
