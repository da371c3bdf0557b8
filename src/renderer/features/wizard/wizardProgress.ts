import { testVerdict } from './testProgress.ts';
import { isComplete, type WizardState } from './wizardState.ts';

const milestones = ['kind', 'details', 'test', 'save'] as const;

/** One of the four things that lead to a saved data source. Only the first has to come before the others. */
export interface Milestone {
  readonly name: (typeof milestones)[number];
  readonly status: 'done' | 'failed' | 'running' | 'open';
  /** The first that is not done: what a person would do next. */
  readonly isNext: boolean;
}

function statusOf(state: WizardState, name: Milestone['name']): Milestone['status'] {
  const { step, test, form, saving } = state;
  const isDone = (done: boolean) => (done ? 'done' : 'open');
  switch (name) {
    case 'kind':
      return isDone(step !== 'kind');
    case 'details':
      return isDone(step !== 'kind' && isComplete(state));
    case 'test': {
      if (test.status === 'running') return 'running';
      const verdict = testVerdict(test, form);
      return verdict === 'failed' ? 'failed' : isDone(verdict === 'passed');
    }
    case 'save':
      return saving.status === 'saving' ? 'running' : saving.status === 'failed' ? 'failed' : 'open';
  }
}

/** How far the wizard has come. A failed test does not hold anybody up: saving is next then. */
export function wizardProgress(state: WizardState): Milestone[] {
  const statuses = milestones.map((name) => ({ name, status: statusOf(state, name) }));
  const next = statuses.find(
    ({ name, status }) => status !== 'done' && !(name === 'test' && status === 'failed'),
  );
  return statuses.map((milestone) => ({ ...milestone, isNext: milestone === next }));
}
