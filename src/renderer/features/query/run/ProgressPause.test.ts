import { beforeEach, describe, expect, it } from 'vitest';
import type { RunMessage } from '../../../../shared/model/query.ts';
import { ProgressPause } from './ProgressPause.ts';

const resultId = crypto.randomUUID();
const rows = (rowCount: number, isComplete = false): RunMessage => ({
  type: 'rows',
  index: 0,
  resultId,
  rowCount,
  byteCount: rowCount,
  isComplete,
  isLimited: false,
});

let isTyping: boolean;
let told: (RunMessage | string)[];
let looks: (() => void)[];
let pause: ProgressPause;

const look = (): void => looks.shift()?.();

beforeEach(() => {
  isTyping = true;
  told = [];
  looks = [];
  pause = new ProgressPause(
    {
      onBatch: (batch) => void told.push(...batch),
      onEnd: () => void told.push('end'),
      onError: () => void told.push('error'),
    },
    { isTyping: () => isTyping, after: (_delayMs, work) => looks.push(work) },
  );
  pause.onBatch([rows(200)]);
});

describe('progress while somebody types', () => {
  it('shows the first rows at once', () => {
    expect(told).toEqual([rows(200)]);
  });

  it('waits until the keys rest', () => {
    pause.onBatch([rows(300)]);
    pause.onBatch([rows(400)]);
    look();
    expect(told).toEqual([rows(200)]);
    isTyping = false;
    look();
    expect(told).toEqual([rows(200), rows(300), rows(400)]);
    expect(looks).toEqual([]);
  });

  it('is shown now and then to whoever types for long', () => {
    pause.onBatch([rows(300)]);
    for (let tries = 0; tries < 20 && looks.length > 0; tries += 1) look();
    expect(told).toEqual([rows(200), rows(300)]);
  });

  it.each<[string, RunMessage]>([
    ['the last rows', rows(500, true)],
    ['the start of a statement', { type: 'started', index: 1, at: 0 }],
    ['the first rows of another result', { ...rows(9), resultId: crypto.randomUUID() } as RunMessage],
  ])('does not hold up %s, before which it is told', (_what, message) => {
    pause.onBatch([rows(300)]);
    pause.onBatch([message]);
    expect(told).toEqual([rows(200), rows(300), message]);
  });

  it('is told before the end, and before a failure', () => {
    pause.onBatch([rows(300)]);
    pause.onEnd(true);
    pause.onBatch([rows(400)]);
    pause.onError(new Error('lost'));
    expect(told).toEqual([rows(200), rows(300), 'end', rows(400), 'error']);
  });

  it('is not held when nobody types', () => {
    isTyping = false;
    pause.onBatch([rows(300)]);
    expect(told).toEqual([rows(200), rows(300)]);
  });
});
