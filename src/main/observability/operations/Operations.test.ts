import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../../tests/support/FakeClock.ts';
import type { EndedOperation } from '../../../shared/model/operations.ts';
import { AppError } from '../../base/AppError.ts';
import type { Clock } from '../../base/Clock.ts';
import { withCorrelation } from '../correlation.ts';
import { Traces } from '../tracing/Traces.ts';
import { Operations } from './Operations.ts';

const cancelled = new AppError('CANCELLED', { title: 'cancelled' });

let clock: FakeClock;
let ended: EndedOperation[];
let roots: number[];
let operations: Operations;

beforeEach(() => {
  clock = new FakeClock();
  ended = [];
  roots = [];
  const hear = (operation: EndedOperation, rootId: number) => {
    ended.push(operation);
    roots.push(rootId);
  };
  operations = new Operations(clock, new Traces(), [{ ended: hear }]);
});

describe('Operations', () => {
  it('knows of what an operation is a part, also across awaits', async () => {
    await withCorrelation('click 1', () =>
      operations.run({ kind: 'call', name: 'dataSources.connect' }, async () => {
        await clock.advance(5);
        await operations.run({ kind: 'connect', name: 'connect' }, async () => {
          const stage = operations.begin({ kind: 'stage', name: 'tcp' });
          await clock.advance(20);
          stage.succeeded();
        });
      }),
    );
    const shared = { correlationId: 'click 1', outcome: 'ok', code: null };
    expect(ended).toMatchObject([
      { ...shared, kind: 'stage', id: 3, parentId: 2, durationMs: 20 },
      { ...shared, kind: 'connect', id: 2, parentId: 1, durationMs: 20 },
      { ...shared, kind: 'call', id: 1, parentId: null, durationMs: 25 },
    ]);
    expect(ended[0]?.startedAt).toBe((ended[2]?.startedAt ?? 0) + 5);
    expect(roots).toEqual([1, 1, 1]);
  });

  it('puts the parts of an operation on one scale, although the clock was set meanwhile', async () => {
    let shiftMs = 0;
    const shifted: Clock = {
      monotonicMs: () => clock.monotonicMs(),
      wallMs: () => clock.wallMs() + shiftMs,
      after: (delayMs, work) => clock.after(delayMs, work),
    };
    operations = new Operations(shifted, new Traces(), [
      { ended: (operation) => void ended.push(operation) },
    ]);
    await operations.run({ kind: 'call', name: 'query.run' }, async () => {
      await clock.advance(5);
      shiftMs = 3_600_000;
      operations.begin({ kind: 'statement', name: 'user' }).succeeded();
    });
    expect(ended[0]?.startedAt).toBe((ended[1]?.startedAt ?? 0) + 5);
  });

  it('tells operations at the same time apart', async () => {
    const work = (name: string) =>
      operations.run({ kind: 'call', name }, async () => {
        await clock.advance(1);
        operations.begin({ kind: 'statement', name: `of ${name}` }).succeeded(3);
      });
    await Promise.all([work('one'), work('two')]);
    const idOf = (name: string) => ended.find((one) => one.name === name)?.id;
    for (const name of ['one', 'two']) {
      expect(ended.find((one) => one.name === `of ${name}`)).toMatchObject({
        parentId: idOf(name),
        rowCount: 3,
      });
    }
  });

  it('says how an operation failed, with the code and without the words', async () => {
    const failing = operations.run({ kind: 'call', name: 'query.run' }, async () => {
      operations.begin({ kind: 'stage', name: 'tls' }).failed(null);
      operations.begin({ kind: 'acquire', name: 'acquire' }).failed(new Error('secret word'));
      throw cancelled;
    });
    await expect(failing).rejects.toBe(cancelled);
    expect(ended.map(({ outcome, code }) => [outcome, code])).toEqual([
      ['error', null],
      ['error', 'INTERNAL'],
      ['cancelled', 'CANCELLED'],
    ]);
    expect(JSON.stringify(ended)).not.toContain('secret word');
  });

  it('counts only the first end', () => {
    const operation = operations.begin({ kind: 'statement', name: 'user' });
    operation.succeeded();
    operation.failed(cancelled);
    expect(ended.map(({ outcome }) => outcome)).toEqual(['ok']);
  });

  it('begins anew what goes on after the operation that caused it', async () => {
    let later = async (): Promise<void> => undefined;
    await operations.run({ kind: 'call', name: 'dataSources.connect' }, async () => {
      const gate = new Promise<void>((resolve) => {
        later = async () => resolve();
      });
      void gate.then(() => operations.begin({ kind: 'statement', name: 'health' }).succeeded());
    });
    await later();
    await Promise.resolve();
    expect(ended.at(-1)).toMatchObject({ name: 'health', parentId: null });
  });
});
