import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/FakeClock.ts';
import { AppError } from '../base/AppError.ts';
import type { StatementPurpose, StatementRecorder } from '../base/statementKinds.ts';
import type { StatementStream } from '../connectors/RowStream.ts';
import { MeteredRowStream, MeteredStatementStream } from './MeteredRowStream.ts';
import { StatementMeter } from './StatementMeter.ts';

function start(failure: AppError | null = null, purpose: StatementPurpose = 'catalogue') {
  const clock = new FakeClock();
  const recorded: unknown[][] = [];
  let resultsLeft = 1;
  const inner: StatementStream = {
    columns: [{ name: 'n', type: 'int4', kind: 'integer' }],
    returnsRows: true,
    command: 'INSERT',
    affectedCount: 3,
    next: async () => {
      await clock.advance(20);
      if (failure !== null) throw failure;
      return [];
    },
    nextEncoded: async () => {
      await clock.advance(7);
      return { bytes: Buffer.from('1'), starts: new Uint32Array(1) };
    },
    nextResult: async () => {
      await clock.advance(5);
      resultsLeft -= 1;
      return resultsLeft >= 0;
    },
    close: async () => undefined,
  };
  const recorder: StatementRecorder = {
    statement: (durationMs, read, outcome, ended) =>
      void recorded.push([durationMs, read, outcome, ...(ended === undefined ? [] : [ended.rowCount])]),
  };
  const meter = new StatementMeter({ sourceId: crypto.randomUUID(), recorders: [recorder], clock });
  const statement = { text: 'select 1' };
  const open = async () => {
    await clock.advance(10);
    if (failure?.code === 'PERMISSION_DENIED') throw failure;
    return inner;
  };
  return {
    clock,
    inner,
    recorded,
    openRows: () => MeteredRowStream.open(open, meter),
    openStatement: () => MeteredStatementStream.ofStatement(open, purpose, statement, meter),
  };
}

describe('MeteredRowStream', () => {
  it('records one query for all that was fetched, without the time in which nobody asked', async () => {
    const { clock, recorded, openRows } = start();
    const rows = await openRows();
    await rows.next(1);
    await clock.advance(60_000);
    expect((await rows.nextEncoded()).bytes.toString()).toBe('1');
    expect(recorded).toEqual([]);
    await rows.close();
    expect(recorded).toEqual([[37, 'user', 'ok']]);
  });

  it.each([
    ['QUERY_CANCELLED', 'cancelled'],
    ['QUERY_TIMEOUT', 'timeout'],
    ['CONNECTION_LOST', 'error'],
  ] as const)('records %s once, as %s', async (code, outcome) => {
    const failure = new AppError(code, { title: 'failed' });
    const { recorded, openRows } = start(failure);
    const rows = await openRows();
    await expect(rows.next(1)).rejects.toBe(failure);
    await rows.close();
    expect(recorded).toEqual([[30, 'user', outcome]]);
  });

  it('records one that did not even begin', async () => {
    const failure = new AppError('PERMISSION_DENIED', { title: 'denied' });
    const { recorded, openRows } = start(failure);
    await expect(openRows()).rejects.toBe(failure);
    expect(recorded).toEqual([[10, 'user', 'error']]);
  });
});

describe('MeteredStatementStream', () => {
  it('records a statement of several results once, after the last one', async () => {
    const { recorded, openStatement } = start();
    const stream = await openStatement();
    await stream.next(1);
    expect([await stream.nextResult(), recorded]).toEqual([true, []]);
    await stream.next(1);
    expect(await stream.nextResult()).toBe(false);
    const { affectedCount, columns, command, returnsRows } = stream;
    expect({ affectedCount, columns, command, returnsRows }).toEqual({
      affectedCount: 3,
      columns: [{ name: 'n', type: 'int4', kind: 'integer' }],
      command: 'INSERT',
      returnsRows: true,
    });
    expect(recorded).toEqual([[60, 'catalogue', 'ok']]);
    await stream.close();
    expect(recorded).toHaveLength(1);
  });

  it('counts the rows that came, of all results', async () => {
    const { recorded, openStatement } = start(null, 'user');
    const stream = await openStatement();
    await stream.nextEncoded();
    await stream.nextResult();
    await stream.nextEncoded();
    await stream.close();
    expect(recorded).toEqual([[29, 'user', 'ok', 2]]);
  });

  it('counts the rows that were changed where none come', async () => {
    const { inner, recorded, openStatement } = start(null, 'user');
    Object.assign(inner, { returnsRows: false });
    await (await openStatement()).close();
    expect(recorded).toEqual([[10, 'user', 'ok', 3]]);
  });

  it('records one that is left early', async () => {
    const { recorded, openStatement } = start();
    await (await openStatement()).close();
    expect(recorded).toEqual([[10, 'catalogue', 'ok']]);
  });
});
