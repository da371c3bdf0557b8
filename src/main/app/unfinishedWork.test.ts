import { describe, expect, it } from 'vitest';
import { leaveQuestion, type UnfinishedWork } from './unfinishedWork.ts';

const nothing: UnfinishedWork = { transactions: [], statements: [], files: [] };

describe('the question before leaving', () => {
  it('is asked only when something would be lost', () => {
    expect(leaveQuestion(nothing, 'quit', true)).toBeNull();
    expect(leaveQuestion({ ...nothing, statements: ['Shop'] }, 'close-window', true)).toEqual({
      question: 'Close the window while a statement is running?',
      detail: '1 running statement (“Shop”): it will be cancelled.',
      confirmLabel: 'Close window',
      keepLabel: 'Keep the window open',
    });
  });

  it('says all that would be lost, with names that are not too many', () => {
    const work = { transactions: ['A', 'A', 'B', 'C', 'D'], statements: [], files: ['orders.csv'] };
    const question = leaveQuestion(work, 'quit', true);
    expect(question?.question).toBe('Quit with unfinished work?');
    expect(question?.detail.split('\n')).toEqual([
      '5 open transactions (“A”, “B”, “C”, …): changes that are not committed will be rolled back.',
      '1 file being saved (“orders.csv”): what is incomplete will be removed.',
    ]);
  });

  it('names nothing while the app is locked', () => {
    const question = leaveQuestion({ ...nothing, transactions: ['Secret'] }, 'quit', false);
    expect(question?.detail).toBe('1 open transaction: changes that are not committed will be rolled back.');
  });
});
