import { describe, expect, it } from 'vitest';
import { describePlace, StackSampler } from './StackSampler.ts';

describe('StackSampler', () => {
  it('takes a burst, then two hundred a second', () => {
    const sampler = new StackSampler();
    const below = () => undefined;
    const taken = (nowMs: number, times: number) =>
      Array.from({ length: times }, () => sampler.take(nowMs, below)).filter((place) => place !== null)
        .length;
    expect(taken(0, 100)).toBe(20);
    let count = 0;
    for (let nowMs = 1; nowMs <= 1_000; nowMs += 1) count += taken(nowMs, 10);
    expect(count).toBe(200);
    expect(taken(60_000, 100)).toBe(20);
  });
});

describe('describePlace', () => {
  it('names functions and files, but no folder, on every platform', () => {
    const stack = [
      'Error',
      '    at borrow (/home/ada lovelace/Mooring/main/Work.ts:3:7)',
      '    at async Work.run (file:///C:/Users/ada/Work.js:9:1)',
      String.raw`    at C:\Users\ada\start.js:1:2`,
      '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
      '    at async file:///home/ada/main.ts:5:5',
      '    at Array.map (<anonymous>)',
    ].join('\n');
    expect(describePlace({ stack })).toBe(
      'borrow (Work.ts:3:7) < async Work.run (Work.js:9:1) < start.js:1:2 < async main.ts:5:5 < Array.map (<anonymous>)',
    );
    expect(describePlace({ stack })).not.toMatch(/ada/);
  });

  it('says nothing when no stack was taken', () => {
    expect(describePlace(null)).toBeNull();
  });
});
