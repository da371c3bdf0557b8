import { beforeEach, describe, expect, it } from 'vitest';
import { someDataSource } from '../../../tests/support/dataSources.ts';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { FakeConnection } from '../../../tests/support/FakeConnection.ts';
import { someTarget } from '../../../tests/support/someTarget.ts';
import type { EndedOperation } from '../../shared/model/operations.ts';
import { defaultTimeoutSettings } from '../../shared/model/poolSettings.ts';
import { AppError } from '../base/AppError.ts';
import { neverAborted, untilAborted } from '../base/abort.ts';
import type { EndedStatement, StatementRecorder } from '../base/statementKinds.ts';
import type { QueryResult, Statement } from '../connectors/Connection.ts';
import { requireSql } from '../connectors/speaksSql.ts';
import { Operations } from '../observability/operations/Operations.ts';
import { SourceMetrics } from '../observability/SourceMetrics.ts';
import { Traces } from '../observability/tracing/Traces.ts';
import { MeteredConnection, type MeteredConnectOptions, meteredConnect } from './MeteredConnection.ts';
import { StatementMeter } from './StatementMeter.ts';

const sourceId = crypto.randomUUID();
const statement = { text: 'select 1' };
const signal = neverAborted;
const denied = new AppError('PERMISSION_DENIED', { title: 'denied' });

const meterOf = (clock: FakeClock, metrics: SourceMetrics): StatementMeter =>
  new StatementMeter({ sourceId, recorders: [metrics], clock });

describe('MeteredConnection', () => {
  let clock: FakeClock;
  let inner: FakeConnection;
  let recorded: unknown[][];
  let ends: (EndedStatement | undefined)[];
  let operations: EndedOperation[];
  let traces: Traces;
  let metered: MeteredConnection;

  beforeEach(() => {
    clock = new FakeClock();
    inner = new FakeConnection();
    recorded = [];
    ends = [];
    const recorder: StatementRecorder = {
      statement: (durationMs, purpose, outcome, ended) => {
        recorded.push([durationMs, purpose, outcome]);
        ends.push(ended);
      },
    };
    operations = [];
    traces = new Traces();
    const instrumentation = new Operations(clock, traces, [
      { ended: (operation) => void operations.push(operation) },
    ]);
    metered = new MeteredConnection(
      inner,
      new StatementMeter({ sourceId, recorders: [recorder], instrumentation, clock }),
    );
  });

  const answer: QueryResult = { fields: [], rows: [['1']], rowCount: 1 };

  it('marks statements of a person with their trace where that is wanted, and records what the person wrote', async () => {
    const sent: Statement[] = [];
    inner.query = async (one) => {
      sent.push(one);
      return answer;
    };
    await metered.query(statement, { signal });
    traces.follow({ share: 1, inComment: true, inApplicationName: false, sink: null });
    await metered.query(statement, { signal });
    await metered.query(statement, { signal, purpose: 'catalogue' });
    await metered.query(statement, { signal, purpose: 'part' });
    const own = { ...statement, own: { reads: 'rows' } } as const;
    await metered.query(own, { signal });
    expect(sent.map(({ traceMark }) => traceMark?.inComment ?? false)).toEqual([
      ...[false, true, false, false, false],
    ]);
    expect(ends.map((ended) => ended?.text)).toEqual([
      statement.text,
      statement.text,
      undefined,
      statement.text,
    ]);
  });

  it('records a query with the time that the server took, its purpose and its outcome', async () => {
    inner.query = async () => {
      await clock.advance(30);
      return answer;
    };
    expect(await metered.query(statement, { signal })).toBe(answer);
    inner.query = async () => {
      await clock.advance(20);
      throw denied;
    };
    await expect(metered.query(statement, { signal, purpose: 'catalogue' })).rejects.toBe(denied);
    expect(recorded).toEqual([
      [30, 'user', 'ok'],
      [20, 'catalogue', 'error'],
    ]);
  });

  it('tells of a statement of a person what it was and what came of it, but not the values of its parameters', async () => {
    inner.query = async () => answer;
    const modes = { backslashEscapes: true, quotedNames: true };
    const personal = { text: 'select $1', values: ['secret'], modes };
    await metered.query(personal, { signal });
    await metered.query(personal, { signal, purpose: 'catalogue' });
    inner.query = async () => {
      throw new AppError('QUERY_FAILED', { title: 'no such table', driverCode: '42P01' });
    };
    await expect(metered.query(statement, { signal })).rejects.toThrow();
    await (await metered.run(statement, { signal })).close();
    expect(ends).toEqual([
      { text: 'select $1', modes, rowCount: 1, errorCode: null },
      undefined,
      { text: 'select 1', rowCount: 0, errorCode: '42P01' },
      { text: 'select 1', rowCount: 0, errorCode: null },
    ]);
  });

  it('is an operation with its rows, or with the code of its failure, and without its text', async () => {
    inner.query = async () => answer;
    await metered.query(statement, { signal });
    inner.query = () => Promise.reject(denied);
    await expect(metered.query(statement, { signal, purpose: 'catalogue' })).rejects.toBe(denied);
    expect(operations).toMatchObject([
      { kind: 'statement', name: 'user', sourceId, rowCount: 1, outcome: 'ok' },
      { kind: 'statement', name: 'catalogue', outcome: 'error', code: 'PERMISSION_DENIED' },
    ]);
    expect(JSON.stringify(operations)).not.toContain(statement.text);
  });

  it('passes on, unrecorded, what is no statement', async () => {
    const heard: unknown[] = [];
    const listening = metered.onMessage((message) => heard.push(message));
    const notice = { severity: 'NOTICE', message: 'one', detail: null, hint: null, code: null };
    inner.say({ type: 'notice', notice });
    listening.dispose();
    inner.say({ type: 'notice', notice });
    expect(heard).toEqual([{ type: 'notice', notice }]);
    inner.isTransactionFailed = true;
    expect(metered.isTransactionFailed).toBe(true);
    expect(await metered.lexicalModes({ signal })).toEqual({ backslashEscapes: false, quotedNames: true });
    expect(recorded).toEqual([]);
  });

  it('records nothing for a part of something larger', async () => {
    inner.query = async () => answer;
    expect(await metered.query(statement, { signal, purpose: 'part' })).toBe(answer);
    await (await metered.run(statement, { signal, purpose: 'part' })).close();
    expect(recorded).toEqual([]);
  });

  it('records a statement of a person when its stream has ended', async () => {
    const stream = await metered.run(statement, { signal });
    expect(recorded).toEqual([]);
    await stream.next(1);
    await stream.close();
    expect(recorded).toEqual([[0, 'user', 'ok']]);
  });

  it('records a ping as a check of health', async () => {
    inner.answerPing = async () => {
      await clock.advance(7);
    };
    await metered.ping({ signal });
    expect(recorded).toEqual([[7, 'health', 'ok']]);
  });

  it('is its session in everything else', async () => {
    inner.isBusy = true;
    inner.isInTransaction = true;
    expect(metered).toMatchObject({ backendId: null, tls: { active: false } });
    expect([metered.isBusy, metered.isInTransaction, metered.isUsable]).toEqual([true, true, true]);
    await metered.cancelRunning();
    expect(inner.cancelCount).toBe(1);
    const ends: unknown[] = [];
    metered.onClosed((reason) => ends.push(reason?.code));
    inner.lose();
    expect(ends).toEqual(['CONNECTION_LOST']);
    expect(metered.isUsable).toBe(false);
    await metered.close();
    metered.destroy();
    expect(inner).toMatchObject({ isClosedPolitely: true, isDestroyed: true });
  });
});

describe('meteredConnect', () => {
  it('counts how each attempt to open a session ended', async () => {
    const clock = new FakeClock();
    const metrics = new SourceMetrics(clock.monotonicMs());
    const outcomes = [new FakeConnection(), denied, new Error('unknown')];
    const connect = async () => {
      const outcome = outcomes.shift();
      if (outcome instanceof FakeConnection) return outcome;
      throw outcome;
    };
    const open = meteredConnect({ factory: { connect }, meter: meterOf(clock, metrics), metrics });
    const target = someTarget(someDataSource());
    const connection = await open(target, signal);
    await requireSql(connection).query(statement, { signal });
    await expect(open(target, signal)).rejects.toBe(denied);
    await expect(open(target, signal)).rejects.toThrow('unknown');
    expect(Object.fromEntries(metrics.connects)).toEqual({ ok: 1, PERMISSION_DENIED: 1, INTERNAL: 1 });
    expect(metrics.answeredCount).toBe(1);
  });

  it('gives up a connect at the deadline of its data source, as something that may succeed later', async () => {
    const clock = new FakeClock();
    const metrics = new SourceMetrics(clock.monotonicMs());
    const connect: MeteredConnectOptions['factory']['connect'] = (_, options) =>
      untilAborted(options.signal, new Promise<never>(() => undefined));
    const open = meteredConnect({ factory: { connect }, meter: meterOf(clock, metrics), metrics });
    const target = someTarget(someDataSource({ timeouts: { ...defaultTimeoutSettings, connectMs: 4_000 } }));
    const failing = expect(open(target, signal)).rejects.toMatchObject({
      code: 'CONNECT_TIMEOUT',
      driverCode: 'ETIMEDOUT',
      retryable: true,
      detail: expect.stringContaining('within 4 s'),
    });
    await clock.advance(4_000);
    await failing;
    expect(Object.fromEntries(metrics.connects)).toEqual({ CONNECT_TIMEOUT: 1 });
  });
});
