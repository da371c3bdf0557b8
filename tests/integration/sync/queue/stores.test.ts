import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { toErrorDto } from '../../../../src/main/base/AppError.ts';
import type { QueueStore } from '../../../../src/main/sync/queue/QueueStore.ts';
import { checkStore, openBackends } from '../../../../src/main/sync/queue/stores/openBackends.ts';
import { failureOf } from '../../../support/failureOf.ts';
import { FaultProxy } from '../../../support/faults/FaultProxy.ts';
import { PostgresCluster } from '../../../support/postgresCluster.ts';
import { TestAuthority } from '../../../support/postgresClusterCertificates.ts';
import { HeardQueue, someResult, someRun, takerOf } from '../../../support/queueUnderTest.ts';
import { RedisServer, type RedisServerOptions } from '../../../support/RedisServer.ts';

async function redis(options: RedisServerOptions = {}): Promise<RedisServer> {
  const server = await RedisServer.start(options);
  onTestFinished(() => server.dispose());
  return server;
}

async function proxied(store: QueueStore): Promise<{ proxy: FaultProxy; store: QueueStore }> {
  const proxy = await FaultProxy.start(store);
  onTestFinished(() => proxy.dispose());
  return { proxy, store: { ...store, host: proxy.host, port: proxy.port } };
}

/** A refusal with what people read of it. */
async function refusal(store: QueueStore) {
  const error = await failureOf(checkStore(store));
  const dto = toErrorDto(error, null);
  expect(dto.code).toBe('QUEUE_UNAVAILABLE');
  expect(dto.fixes).not.toEqual([]);
  expect(JSON.stringify([dto, error, String(error)])).not.toContain(store.password ?? 'of the test');
  return dto;
}

describe('a Redis', () => {
  it('that can be the queue says what it is', async () => {
    const server = await redis();
    expect(await checkStore(server.store())).toEqual({
      product: expect.stringMatching(/^(?:Redis|Valkey)$/),
      version: expect.stringMatching(/^\d+\.\d+/),
    });
  });

  it.each([
    ['a wrong password', { password: 'a wrong one' }, 'WRONGPASS', /refused the log-in/],
    ['no password', { password: null }, 'NOAUTH', /refused the log-in/],
    ['too few rights', { user: 'reader', password: 'of the reader' }, 'NOPERM', /too few rights/],
    ['a database that is not there', { database: 99 }, 'ERR', /no database 99/],
  ] as const)('refuses %s by its code', async (_what, over, driverCode, title) => {
    const server = await redis({
      settings: { user: 'reader on >"of the reader" ~* +@read +@connection +info' },
    });
    const dto = await refusal(server.store(over));
    expect(dto).toMatchObject({ driverCode, title: expect.stringMatching(title) });
  });

  it('that forgets keys when it is full is no queue', async () => {
    const server = await redis({ settings: { 'maxmemory-policy': 'allkeys-lru' } });
    expect((await refusal(server.store())).detail).toContain('“allkeys-lru”');
  });

  it('that is not there is refused, and one that never answers is given up', async () => {
    const server = await redis();
    const { proxy, store } = await proxied(server.store());
    proxy.freeze();
    expect((await refusal(store)).retryable).toBe(true);
    await server.kill();
    expect(await refusal(server.store())).toMatchObject({ driverCode: 'ECONNREFUSED', retryable: true });
  });

  it('takes and gives runs again by itself after it was killed; until then each call ends', async () => {
    const server = await redis();
    const group = randomUUID();
    const app = await HeardQueue.open(server.store(), group);
    onTestFinished(() => app.queue.close());
    const taker = takerOf(server.store(), group);
    await taker.start(async () => someResult, 1);
    onTestFinished(() => taker.close(1_000));
    const [before, after] = [someRun(), someRun()];
    await app.queue.add(before);
    await app.until(before.id, 'succeeded');
    await server.kill();
    expect(await failureOf(app.queue.add(after))).toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    await server.startServer();
    await expect.poll(() => app.queue.add(after).catch(() => null), { timeout: 10_000 }).toBe(true);
    await app.until(after.id, 'succeeded');
  });

  it('that hangs ends each call, and goes on when it answers again', async () => {
    const server = await redis();
    const { proxy, store } = await proxied(server.store());
    const app = await HeardQueue.open(store, randomUUID());
    onTestFinished(() => app.queue.close());
    proxy.freeze();
    expect(await failureOf(app.queue.add(someRun()))).toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    proxy.thaw();
    await expect.poll(() => app.queue.add(someRun()).catch(() => null), { timeout: 10_000 }).toBe(true);
  });
});

describe('TLS to the queue', () => {
  let authority: TestAuthority;
  beforeAll(async () => {
    authority = await TestAuthority.create();
    return () => authority.dispose();
  });

  const verified = (caPem: string | null) => ({ mode: 'verified', caPem }) as const;

  it('of a Redis is trusted with the authority that was chosen, and with no other one', async () => {
    const server = await redis({ tls: await authority.issue({ names: ['IP:127.0.0.1'] }) });
    await checkStore(server.store({ tls: verified(authority.certificatePem) }));
    expect((await refusal(server.store({ tls: verified(null) }))).title).toMatch(/is not trusted/);
    expect((await refusal(server.store())).causes).toContain('The server wants TLS.');
  });

  it('of a Redis is refused when the certificate belongs to another host', async () => {
    const server = await redis({ tls: await authority.issue({ names: ['DNS:other.example'] }) });
    const dto = await refusal(server.store({ tls: verified(authority.certificatePem) }));
    expect(dto.driverCode).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('of a PostgreSQL is verified, and never left out', async () => {
    const tls = await authority.issue({ names: ['IP:127.0.0.1'] });
    const cluster = await PostgresCluster.start({ tls });
    onTestFinished(() => cluster.dispose());
    const { host, port, user, password } = cluster;
    const store = { type: 'postgres', host, port, user, password, database: 'postgres' } as const;
    const trusting = { ...store, tls: verified(authority.certificatePem) };
    expect(await checkStore(trusting)).toMatchObject({ product: 'PostgreSQL' });
    expect((await refusal({ ...store, tls: verified(null) })).title).toMatch(/is not trusted/);
    const wrong = await refusal({ ...trusting, password: 'a wrong one' });
    expect(wrong).toMatchObject({ driverCode: '28P01', title: expect.stringMatching(/refused the log-in/) });
    expect(await refusal({ ...trusting, database: 'none' })).toMatchObject({ driverCode: '3D000' });
    const plain = await PostgresCluster.start();
    onTestFinished(() => plain.dispose());
    const { port: plainPort, password: plainPassword } = plain;
    const downgraded = { ...trusting, port: plainPort, password: plainPassword };
    expect((await refusal(downgraded)).causes).toContain('The server does not speak TLS on this port.');
  });
});

describe('a PostgreSQL whose user is no superuser', () => {
  it('is refused with what the user lacks, by the test as by the start, and needs no right to make what is there', async () => {
    const cluster = await PostgresCluster.start();
    onTestFinished(() => cluster.dispose());
    const { host, port } = cluster;
    await cluster.execute("CREATE ROLE worker LOGIN PASSWORD 'of the test'");
    const tls = { mode: 'off' } as const;
    const place = { type: 'postgres', host, port, database: 'postgres', tls } as const;
    const store: QueueStore = { ...place, user: 'worker', password: 'of the test' };
    const lacks = async (...grants: readonly string[]) => {
      expect((await refusal(store)).detail).toBe(`It lacks: ${grants.join('; ')}.`);
      expect(await failureOf(openBackends(store))).toMatchObject({ code: 'QUEUE_UNAVAILABLE' });
    };
    await lacks('GRANT CREATE ON DATABASE "postgres"');
    await cluster.execute('CREATE SCHEMA bullmq');
    await cluster.execute('GRANT USAGE ON SCHEMA bullmq TO worker');
    await lacks('GRANT CREATE ON DATABASE "postgres"', 'GRANT CREATE ON SCHEMA "bullmq"');
    await cluster.execute('GRANT CREATE ON SCHEMA bullmq TO worker');
    await lacks('GRANT CREATE ON DATABASE "postgres"');
    await cluster.execute('DROP SCHEMA bullmq');
    const made = await openBackends({ ...place, user: cluster.user, password: cluster.password });
    await made.close();
    await lacks(
      'GRANT USAGE ON SCHEMA "bullmq"',
      'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "bullmq"',
      'GRANT USAGE ON ALL SEQUENCES IN SCHEMA "bullmq"',
    );
    await cluster.execute('GRANT USAGE ON SCHEMA bullmq TO worker');
    await cluster.execute('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bullmq TO worker');
    await cluster.execute('GRANT USAGE ON ALL SEQUENCES IN SCHEMA bullmq TO worker');
    expect(await checkStore(store)).toMatchObject({ product: 'PostgreSQL' });
    const app = await HeardQueue.open(store, randomUUID());
    onTestFinished(() => app.queue.close());
    expect(await app.queue.add(someRun())).toBe(true);
  });
});
