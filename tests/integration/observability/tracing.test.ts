import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { beforeEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { sqlLanguageOf } from '../../../src/shared/engines/sqlLanguages.ts';
import type { Draft } from '../../../src/shared/model/dataSource.ts';
import { defaultTracingSettings } from '../../../src/shared/model/defaults.ts';
import type { RunInput, RunMessage } from '../../../src/shared/model/query.ts';
import type { TracingSettings } from '../../../src/shared/model/tracing.ts';
import { AppUnderTest } from '../../support/AppUnderTest.ts';
import { edited, someFields, someMysqlConfig, typedPassword } from '../../support/dataSources.ts';
import { type ReceivedSpan, TraceReceiver } from '../../support/TraceReceiver.ts';

type Engine = 'postgres' | 'mysql';

const canaries = { name: 'canaryname', column: 'canarycolumn', value: 'canaryvalue', header: 'canaryheader' };

let app: AppUnderTest;
let tabId: string;
let receiver: TraceReceiver;

beforeEach(async () => {
  receiver = await TraceReceiver.start();
  onTestFinished(() => receiver.close());
  tabId = randomUUID();
  app = new AppUnderTest(undefined, { isLogged: true });
  await app.life.services;
});

const configure = (change: Partial<TracingSettings> = {}) =>
  app.ok('tracing.configure', {
    ...{ ...defaultTracingSettings, isOn: true, endpoint: receiver.endpoint },
    ...change,
  });

/** What waits is sent when tracing ends. */
const flush = () => app.ok('tracing.configure', defaultTracingSettings);

function fieldsOf(engine: Engine): { readonly fields: Draft['fields']; readonly password: string } {
  if (engine === 'postgres') {
    const { host, port, user, database, password } = inject('postgres');
    return { fields: someFields({ name: canaries.name, host, port, user, database }), password };
  }
  const { host, port, user, password } = inject('mariadb');
  const config = someMysqlConfig({ host, port, user, database: null });
  return { fields: someFields({ name: canaries.name, engine: { kind: 'mysql', config } }), password };
}

/** Saved with its password, and not connected. */
async function saved(engine: Engine): Promise<string> {
  const { fields, password } = fieldsOf(engine);
  const secrets = { password: { type: 'typed', value: password } } as const;
  await app.ok('vault.setMode', { choice: { mode: 'session' }, current: null });
  return (await app.ok('dataSources.save', { id: null, fields, secrets })).dataSource.id;
}

const runOf = (sourceId: string, engine: Engine, ...texts: string[]): RunInput => ({
  ...{ tabId, sourceId, parameters: [], acceptedRisks: [] },
  ...{ onError: 'continue', commit: 'auto', timeoutMs: null, rowLimit: null },
  statements: texts.map((text) => ({ text, data: null, modes: sqlLanguageOf(engine).modes })),
});

async function run(sourceId: string, engine: Engine, texts: string[], callId: string = randomUUID()) {
  const batches = await app.stream('query.run', runOf(sourceId, engine, ...texts), callId);
  return batches.flat() as RunMessage[];
}

/** The spans of a run, once the last of them is there. */
async function traceOf(callId: string): Promise<ReceivedSpan[]> {
  const traceId = callId.replaceAll('-', '');
  const isWhole = () => named(receiver.spansOf(traceId), 'click query.run').length === 1;
  await vi.waitFor(() => expect(isWhole()).toBe(true), 10_000);
  return receiver.spansOf(traceId);
}

/** Names from the root down to a span. */
function pathOf(span: ReceivedSpan, spans: readonly ReceivedSpan[]): string[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
  return [...(parent === undefined ? [] : pathOf(parent, spans)), span.name];
}

const named = (spans: readonly ReceivedSpan[], name: string): ReceivedSpan[] =>
  spans.filter((span) => span.name === name);

describe.each<Engine>(['postgres', 'mysql'])('the trace of a run on %s', (engine) => {
  it('reaches a collector as one tree, from the click over the connect with its stages to the statement', async () => {
    const sourceId = await saved(engine);
    await configure();
    const callId = randomUUID();
    await run(
      sourceId,
      engine,
      [`SELECT '${canaries.value}' AS ${canaries.column}`, 'SELECT nothing_here'],
      callId,
    );
    await flush();

    const spans = await traceOf(callId);
    const top = ['click query.run', 'stream query.run'];
    const pathsOf = (name: string) => named(spans, name).map((span) => pathOf(span, spans));
    expect(pathsOf('stream query.run')).toEqual([top]);
    expect(pathsOf('acquire')).toEqual([[...top, 'acquire']]);
    expect(pathsOf('connect')).toContainEqual([...top, 'connect']);
    for (const stage of ['stage tcp', 'stage auth'])
      expect(pathsOf(stage)).toContainEqual([...top, 'connect', stage]);
    expect(pathsOf('vault open')).toContainEqual([...top, 'connect', 'vault open']);
    expect(pathsOf('statement user')).toEqual([
      [...top, 'statement user'],
      [...top, 'statement user'],
    ]);

    const [good, bad] = named(spans, 'statement user');
    expect(good).toMatchObject({
      kind: 3,
      status: { code: 0 },
      attributes: {
        'mooring.operation': 'statement',
        'mooring.source': sourceId,
        'mooring.engine': engine,
        'mooring.outcome': 'ok',
        'db.response.returned_rows': 1,
      },
    });
    expect(bad).toMatchObject({
      status: { code: 2 },
      attributes: { 'mooring.outcome': 'error', 'error.type': 'QUERY_FAILED' },
    });
    const [root] = named(spans, 'click query.run');
    const [stream] = named(spans, 'stream query.run');
    expect(root).not.toHaveProperty('parentSpanId');
    for (const [outer, inner] of [
      [root, stream],
      [stream, good],
      [stream, bad],
    ] as const) {
      expect(BigInt(inner?.startTimeUnixNano ?? 0)).toBeGreaterThanOrEqual(
        BigInt(outer?.startTimeUnixNano ?? 0),
      );
      expect(BigInt(inner?.endTimeUnixNano ?? 0)).toBeLessThanOrEqual(BigInt(outer?.endTimeUnixNano ?? 0));
    }
    expect(receiver.resources[0]).toMatchObject({ 'service.name': 'mooring', 'service.version': '0.0.0' });
    expect(receiver.paths).toContain('POST /v1/traces');
  });

  it('says nothing of what is whose, whatever a person runs and however it fails', async () => {
    const { fields, password } = fieldsOf(engine);
    const sourceId = await saved(engine);
    await configure({ inComment: true, inApplicationName: true });
    await app.ok('tracing.setHeader', { header: { name: 'x-key', value: canaries.header } });
    await run(sourceId, engine, [
      `SELECT '${canaries.value}' AS ${canaries.column}`,
      `SELECT ${canaries.column} FROM ${canaries.name}`,
      `SELECT '${canaries.value}' ${canaries.name} FROM FROM`,
    ]);
    const wrong = edited(fields, { user: 'canaryuser' });
    const secrets = typedPassword(canaries.value);
    expect(await app.ok('dataSources.test', { id: null, fields: wrong, secrets })).toMatchObject({
      outcome: 'failed',
    });
    await flush();
    await vi.waitFor(() => expect(named(receiver.spans, 'call dataSources.test')).toHaveLength(1), 10_000);
    const everything = receiver.texts.join('\n');
    const { host } = inject(engine === 'postgres' ? 'postgres' : 'mariadb');
    expect(everything).not.toMatch(/canary|SELECT|FROM/);
    for (const secret of [password, host]) expect(everything).not.toContain(secret);
    expect(receiver.headers.at(-1)?.['x-key']).toBe(canaries.header);
    expect(readFileSync(app.log.path, 'utf8')).not.toContain(canaries.header);
    expect(JSON.stringify(app.trail())).not.toMatch(/canaryheader|127\.0\.0\.1/);
    const { text } = await app.ok('diagnostics.collect', null);
    expect(text).not.toContain(canaries.header);
  });
});

/** The statement that this trace has sent. */
const traceparentOf = (spans: readonly ReceivedSpan[]): string => {
  const [span] = named(spans, 'statement user');
  return `00-${span?.traceId}-${span?.spanId}-01`;
};

describe('a traceparent', () => {
  it('is seen by others in the query and in the application name of PostgreSQL, while its statement runs', async () => {
    const { host, port, user, database, password } = inject('postgres');
    const admin = new pg.Client({ host, port, user, database, password });
    await admin.connect();
    onTestFinished(() => admin.end());
    const lock = Math.floor(Math.random() * 1e9);
    await admin.query(`SELECT pg_advisory_lock(${lock})`);
    const sourceId = await saved('postgres');
    await configure({ inComment: true, inApplicationName: true });
    const callId = randomUUID();
    const text = `SELECT pg_advisory_xact_lock(${lock}) -- wait`;
    const running = run(sourceId, 'postgres', [text, `SELECT current_setting('application_name')`], callId);
    const waiting = await vi.waitFor(async () => {
      const { rows } = await admin.query<{ query: string; application_name: string }>(
        `SELECT query, application_name FROM pg_stat_activity WHERE wait_event = 'advisory' AND query LIKE '%${lock}%'`,
      );
      expect(rows).toHaveLength(1);
      return rows[0];
    }, 10_000);
    await admin.query(`SELECT pg_advisory_unlock(${lock})`);
    await running;
    await flush();
    const traceparent = traceparentOf(await traceOf(callId));
    expect(waiting?.query).toBe(`${text}\n/*traceparent='${traceparent}'*/`);
    expect(waiting?.application_name).toBe(`Mooring ${traceparent}`);
    const { rows } = await admin.query<{ application_name: string }>(
      `SELECT application_name FROM pg_stat_activity WHERE query LIKE '%application_name%' AND pid <> pg_backend_pid()`,
    );
    expect(rows.map(({ application_name }) => application_name)).toEqual(['Mooring']);
    const { entries } = await app.ok('history.page', {
      search: String(lock),
      sourceId,
      beforeId: null,
      limit: 10,
    });
    expect(entries.map(({ text: kept }) => kept)).toContain(text);
  });

  it('leaves the session with the application name that a person gave it, also an empty one', async () => {
    const sourceId = await saved('postgres');
    await configure({ inApplicationName: true });
    for (const name of ['mine', '']) {
      await run(sourceId, 'postgres', [`SET application_name = '${name}'`, 'SELECT 1', 'SELECT 1/0']);
      await configure();
      const counted = await run(sourceId, 'postgres', [
        `SELECT 1 / (current_setting('application_name') = '${name}')::int`,
      ]);
      expect(outcomesOf(counted)).toMatchObject([{ command: 'SELECT' }]);
      await configure({ inApplicationName: true });
    }
  });

  it('is seen by others in the process list of MariaDB, while its statement runs', async () => {
    const { host, port, user, password } = inject('mariadb');
    const admin = await mysql.createConnection({ host, port, user, password });
    onTestFinished(() => admin.end());
    const lock = `mooring${Math.floor(Math.random() * 1e9)}`;
    await admin.query(`SELECT GET_LOCK('${lock}', 1)`);
    const sourceId = await saved('mysql');
    await configure({ inComment: true, inApplicationName: true });
    const callId = randomUUID();
    const text = `SELECT GET_LOCK('${lock}', 20)`;
    const running = run(sourceId, 'mysql', [text], callId);
    const waiting = await vi.waitFor(async () => {
      const [rows] = await admin.query(
        `SELECT info FROM information_schema.processlist WHERE info LIKE '%${lock}%' AND id <> CONNECTION_ID()`,
      );
      expect(rows).toHaveLength(1);
      return (rows as { info: string }[])[0];
    }, 10_000);
    await admin.query(`SELECT RELEASE_LOCK('${lock}')`);
    await running;
    await flush();
    const traceparent = traceparentOf(await traceOf(callId));
    expect(waiting?.info).toBe(`${text} /*traceparent='${traceparent}'*/`);
  });
});

/** Of a run what must not depend on what was sent behind its statements. */
const outcomesOf = (messages: readonly RunMessage[]): readonly object[] =>
  messages.flatMap((message): object[] => {
    if (message.type === 'failed') {
      const { index, error, position } = message;
      return [{ index, position, code: error.code, title: error.title, detail: error.detail }];
    }
    if (message.type !== 'ended') return [];
    const { index, command, affectedCount } = message;
    return [{ index, command, affectedCount }];
  });

const hostileTexts: Record<Engine, readonly string[]> = {
  postgres: [
    'SELECT 1;',
    'SELECT 1 -- to the end',
    'SELECT 1 /* closed */',
    'SELECT 1 /* open',
    "SELECT 'open",
    'SELECT 1 AS "open',
    'SELECT $x$ open',
    "SELECT E'it\\'s', '/*', $$'$$ -- '",
    'SELECT 1 /* /* nested */',
    'SELECT FROM FROM',
    'SELECT 1 +',
    'SELECT nothing_here',
    'SELECT (',
    'VALUES (1), (2)',
    'EXPLAIN SELECT 1',
    'BEGIN',
    'SELECT 1/0',
    'SELECT 1',
    'ROLLBACK',
    'SET application_name = mine',
    'RESET application_name',
  ],
  mysql: [
    'SELECT 1;',
    'SELECT 1 -- to the end',
    'SELECT 1 # to the end',
    'SELECT 1 /* closed */',
    'SELECT 1 /* open',
    'SELECT 1 /*! + 1 */',
    'SELECT 1 /*! + 1',
    "SELECT 'open",
    'SELECT "open',
    'SELECT 1 AS `open',
    "SELECT 'it\\'s', '/*' -- '",
    'SELECT FROM FROM',
    'SELECT 1 +',
    'SELECT (',
    'SELECT nothing_here',
    `SELECT ${'1 + '.repeat(15)} 1 1 + ${'2 + '.repeat(4)} 3`,
    `SELECT 1 1 ${', 2'.repeat(40)}`,
    'SHOW DATABASES LIKE "mysql"',
    'EXPLAIN SELECT 1',
  ],
};

describe.each<Engine>(['postgres', 'mysql'])('statements on %s', (engine) => {
  it('do and say the same with a traceparent as without, also those that nothing ends', async () => {
    const sourceId = await saved(engine);
    const texts = [...hostileTexts[engine]];
    const plain = outcomesOf(await run(sourceId, engine, texts));
    await configure({ inComment: true, inApplicationName: true });
    const marked = outcomesOf(await run(sourceId, engine, texts));
    expect(plain).toHaveLength(texts.length);
    expect(marked).toEqual(plain);
  });
});

describe('a collector', () => {
  it('that refuses or is away changes nothing for whoever works', async () => {
    const sourceId = await saved('postgres');
    receiver.answer = { status: 401 };
    await configure();
    expect(await app.codeOf('tracing.test', null)).toBe('COLLECTOR_REFUSED');
    const messages = await run(sourceId, 'postgres', ['SELECT 1']);
    expect(messages.some(({ type }) => type === 'ended')).toBe(true);
    await receiver.close();
    expect(await app.codeOf('tracing.test', null)).toBe('COLLECTOR_UNREACHABLE');
    expect((await run(sourceId, 'postgres', ['SELECT 1'])).some(({ type }) => type === 'ended')).toBe(true);
  });
});
