import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { neverAborted } from '../../../src/main/base/abort.ts';
import { sqlLanguageOf } from '../../../src/shared/engines/sqlLanguages.ts';
import type { RunInput, RunMessage } from '../../../src/shared/model/query.ts';
import { typedPassword } from '../../support/dataSources.ts';
import { failureOf } from '../../support/failureOf.ts';
import { fieldsFor } from '../../support/postgresClusterFields.ts';
import { openSession } from '../../support/postgresClusterSession.ts';
import { servicesUnderTest } from '../../support/servicesUnderTest.ts';

const server = inject('postgres');

/** What the server says to somebody else. */
async function ask(text: string): Promise<string | null | undefined> {
  const session = await openSession(fieldsFor(server), { password: server.password });
  try {
    return (await session.query({ text }, { signal: neverAborted })).rows[0]?.[0];
  } finally {
    await session.close();
  }
}

async function appWithSource() {
  const app = servicesUnderTest();
  const fields = fieldsFor(server);
  const draft = { id: null, fields, secrets: typedPassword(server.password) };
  const { dataSource } = await app.dataSources.save(draft, neverAborted);
  const run = async (tabId: string, ...texts: string[]) => {
    const messages: RunMessage[] = [];
    const input: RunInput = {
      ...{ tabId, sourceId: dataSource.id, parameters: [], acceptedRisks: [] },
      ...{ onError: 'stop', commit: 'auto', timeoutMs: null, rowLimit: null },
      statements: texts.map((text) => ({ text, data: null, modes: sqlLanguageOf('postgres').modes })),
    };
    for await (const batch of app.query.run(input, neverAborted)) messages.push(...batch);
    return messages;
  };
  return { ...app, dataSource, run };
}

const pidOf = (messages: readonly RunMessage[]) =>
  messages.flatMap((message) => (message.type === 'session' ? [message.session?.backendId] : [])).at(-1);
const isOpen = (pid: unknown) => ask(`SELECT count(*) FROM pg_stat_activity WHERE pid = ${String(pid)}`);

describe('statements in the app', () => {
  it('are rolled back when the app quits, which does not wait for their sessions', async () => {
    const app = await appWithSource();
    const pid = pidOf(await app.run(randomUUID(), 'BEGIN', 'CREATE TEMP TABLE cart (n int)'));
    const running = app.run(randomUUID(), 'SELECT pg_sleep(60)');
    expect(await isOpen(pid)).toBe('1');
    const startedAt = performance.now();
    await app.shutdown();
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect((await running).find(({ type }) => type === 'failed')).toMatchObject({
      error: { code: 'QUERY_CANCELLED' },
    });
    expect(await isOpen(pid)).toBe('0');
  });

  it('are ended when their data source is removed, and their history stays', async () => {
    const app = await appWithSource();
    const tabId = randomUUID();
    const pid = pidOf(await app.run(tabId, 'BEGIN'));
    await app.dataSources.remove(app.dataSource.id);
    expect(await isOpen(pid)).toBe('0');
    expect((await failureOf(app.run(tabId, 'SELECT 1'))).code).toBe('NOT_FOUND');
    const page = await app.history.page({ search: '', sourceId: null, beforeId: null, limit: 10 });
    expect(page.entries).toMatchObject([{ text: 'BEGIN', sourceName: app.dataSource.name }]);
  });
});
