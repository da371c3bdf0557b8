import { describe, expect, it } from 'vitest';
import type { DemoStatus } from '../../shared/model/demoStatus.ts';
import { DemoProgress } from './DemoProgress.ts';

describe('DemoProgress', () => {
  it('never goes back within an activity, begins at nothing in the next, and tells nothing twice', () => {
    const progress = new DemoProgress({ status: 'absent' });
    const told: DemoStatus[] = [];
    progress.changed.on((status) => told.push(status));
    progress.step('creating', 'Filling', 0.5);
    progress.step('creating', 'Filling', 0.4);
    progress.step('creating', 'Starting', 1.7);
    progress.settle({ status: 'stopped' });
    progress.settle({ status: 'stopped' });
    progress.step('starting', 'Starting', 0);
    expect(told).toEqual([
      { status: 'creating', step: 'Filling', progress: 0.5 },
      { status: 'creating', step: 'Starting', progress: 1 },
      { status: 'stopped' },
      { status: 'starting', step: 'Starting', progress: 0 },
    ]);
  });
});
