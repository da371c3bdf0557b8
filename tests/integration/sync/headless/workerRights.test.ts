import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import type { QueueStore } from '../../../../src/main/sync/queue/QueueStore.ts';
import { RedisServer } from '../../../support/RedisServer.ts';
import { bundledSource, ownDatabase, RunUnderTest, somePipeline, tester } from '../runUnderTest.ts';
import { alone, workerGroup, workerPrograms } from './workerUnderTest.ts';

const server = inject('postgres');
const fields = await ownDatabase(server);
const programs = workerPrograms();
const manual = readFileSync(new URL('../../../../docs/workers.md', import.meta.url), 'utf8');

/** A run over the queue, from the app to a worker and back. */
async function runOver(store: QueueStore, name: string): Promise<void> {
  const { run, rows } = await tester(fields, server.password);
  await run(`CREATE TABLE ${name} AS SELECT n AS id FROM generate_series(1, 10) AS n`);
  const { add, args, heard } = await workerGroup(store);
  const program = await programs.ready(args);
  const runs = new RunUnderTest([bundledSource(fields, { password: server.password })]);
  await heard.until(await add(runs.bundle(somePipeline(name, `${name}_copy`), alone())), 'succeeded');
  expect(await rows(`SELECT count(*) FROM ${name}_copy`)).toEqual([['10']]);
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
}

describe('The rights that docs/workers.md gives', { timeout: 120_000 }, () => {
  it('are enough on Redis, for the keys of queues and nothing else', async () => {
    const password = 'of-the-worker';
    const [, line = ''] = /^user (mooring-worker .*)$/m.exec(manual) ?? [];
    const redis = await RedisServer.start({ settings: { user: line.replace('PASSWORD', password) } });
    onTestFinished(() => redis.dispose());
    const store = redis.store({ user: 'mooring-worker', password });
    await runOver(store, 'over_redis');
    const client = new Redis({ host: store.host, port: store.port, username: 'mooring-worker', password });
    onTestFinished(() => client.disconnect());
    await expect(client.get('somebody-elses')).rejects.toThrow('NOPERM');
    await expect(client.flushall()).rejects.toThrow('NOPERM');
    await expect(client.config('GET', '*')).rejects.toThrow('NOPERM');
  });

  it('are enough on PostgreSQL', async () => {
    const { run } = await tester(fields, server.password);
    const password = 'of-the-queue';
    const [, statements = ''] = /```sql\n(.*?)```/s.exec(manual) ?? [];
    for (const statement of statements.replace('…', password).split(';\n')) {
      if (statement.trim() !== '') await run(statement);
    }
    onTestFinished(async () => {
      await run('DROP DATABASE mooring_queue WITH (FORCE)', 'DROP ROLE mooring_queue');
    });
    const { host, port } = server;
    const [user, database] = ['mooring_queue', 'mooring_queue'];
    await runOver(
      { type: 'postgres', host, port, user, password, database, tls: { mode: 'off' } },
      'over_postgres',
    );
  });
});
