import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { wizardProgress } from './wizardProgress.ts';
import { openedForNew, type WizardState, withFieldSet, withKindChosen, withValueSet } from './wizardState.ts';

const chosen = withKindChosen(openedForNew(), 'postgres');
const complete = ['database', 'user'].reduce<WizardState>(
  (state, key) => withValueSet(state, key, 'x'),
  withFieldSet(chosen, 'name', 'x'),
);
const failed: WizardState = {
  ...complete,
  test: { status: 'broken', form: complete.form, error: someErrorDto('AUTH_FAILED') },
};
const statuses = (state: WizardState) => wizardProgress(state).map(({ status }) => status);
const nextOf = (state: WizardState) => wizardProgress(state).find(({ isNext }) => isNext)?.name;

describe('the progress of the wizard', () => {
  it('goes from the kind over the details to the test', () => {
    expect(nextOf(openedForNew())).toBe('kind');
    expect(nextOf(chosen)).toBe('details');
    expect(nextOf(complete)).toBe('test');
    expect(statuses(complete)).toEqual(['done', 'done', 'open', 'open']);
  });

  it('goes on to saving after a failed test, because a failed test forbids nothing', () => {
    expect(statuses(failed)).toEqual(['done', 'done', 'failed', 'open']);
    expect(nextOf(failed)).toBe('save');
  });

  it('takes a test back once something was edited after it', () => {
    const edited = withValueSet(failed, 'user', 'y');
    expect(statuses(edited)).toEqual(['done', 'done', 'open', 'open']);
    expect(nextOf(edited)).toBe('test');
  });
});
