import { createRedisBackend } from 'bullmq';
import { Redis, type RedisOptions } from 'ioredis';
import type { QueueStore } from '../QueueStore.ts';
import { answerMs, connectMs, type QueueBackends } from './QueueBackends.ts';
import { evictingStore, oldStore, otherDatabase, withoutArguments } from './storeErrors.ts';
import { verifiedTls } from './storeTrust.ts';

type RedisStore = Extract<QueueStore, { type: 'redis' }>;

const longestReconnectMs = 2_000;
/** BullMQ's own: before it, some commands are not there. */
const oldestVersion = [6, 2] as const;

/** Connects, and checks that the server can hold queues. @throws what the server or the network says, or an AppError */
export async function openRedis(store: RedisStore): Promise<QueueBackends> {
  const server = await checkRedis(store);
  // One that is lost is connected again for as long as it is open.
  const client = newClient(store, { retryStrategy: (count) => Math.min(100 * count, longestReconnectMs) });
  await connect(client);
  return {
    factory: (name, opts, more) =>
      createRedisBackend(name, { ...opts, connection: client, skipVersionCheck: true }, more),
    server,
    close: async () => client.disconnect(),
  };
}

/** @throws what the server or the network says, or an AppError */
export async function checkRedis(store: RedisStore): Promise<QueueBackends['server']> {
  const client = newClient(store, { retryStrategy: () => null });
  try {
    await connect(client);
    // The driver goes on with database 0 when the server refuses another one.
    await client.select(store.database).catch((error: unknown) => {
      throw otherDatabase(store.database, withoutArguments(error));
    });
    const facts = factsIn(await client.info());
    const server = serverIn(facts);
    if (isOld(facts.get('redis_version') ?? '')) throw oldStore(server, '6.2');
    const policy = facts.get('maxmemory_policy') ?? '';
    if (policy !== 'noeviction') throw evictingStore(server, policy);
    await checkRights(client);
    return server;
  } catch (error) {
    throw withoutArguments(error);
  } finally {
    client.disconnect();
  }
}

/** BullMQ works with scripts that write under this prefix. The key goes by itself. */
async function checkRights(client: Redis): Promise<void> {
  const script = "return redis.call('SET', KEYS[1], '1', 'PX', 1)";
  await client.call('EVAL', script, 1, 'bull:mooring-test');
}

function newClient(store: RedisStore, more: Pick<RedisOptions, 'retryStrategy'>): Redis {
  const { host, port, user, password, database, tls } = store;
  const client = new Redis({
    ...{ host, port, username: user ?? undefined, password: password ?? undefined, db: database },
    ...(tls.mode === 'verified' && { tls: verifiedTls(tls) }),
    ...{ lazyConnect: true, connectTimeout: connectMs, commandTimeout: answerMs, socketTimeout: answerMs },
    // What is asked of a store that is away fails, instead of waiting for it or being asked twice.
    ...{ enableOfflineQueue: false, autoResendUnfulfilledCommands: false, maxRetriesPerRequest: 0 },
    ...{ connectionName: 'Mooring', keepAlive: 10_000, disableClientInfo: true },
    ...more,
  });
  // Who asks for something learns of it.
  client.on('error', () => undefined);
  return client;
}

/** @throws why it cannot be reached */
async function connect(client: Redis): Promise<void> {
  const seen: unknown[] = [];
  const see = (error: unknown): void => void seen.push(error);
  client.on('error', see);
  try {
    await client.connect();
  } catch (error) {
    client.disconnect();
    // The driver itself says no more than that the connection is closed.
    throw withoutArguments(seen[0] ?? error);
  } finally {
    client.off('error', see);
  }
}

/** The lines of INFO. */
function factsIn(info: string): ReadonlyMap<string, string> {
  const pairs = info.split(/\r?\n/).map((line) => line.split(':', 2));
  return new Map(pairs.map(([name = '', value = '']) => [name, value]));
}

function serverIn(facts: ReadonlyMap<string, string>): QueueBackends['server'] {
  const valkey = facts.get('valkey_version');
  const version = valkey ?? facts.get('redis_version') ?? '';
  return { product: valkey === undefined ? 'Redis' : 'Valkey', version: version.slice(0, 100) };
}

function isOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = oldestVersion;
  return !(major > oldestMajor || (major === oldestMajor && minor >= oldestMinor));
}
