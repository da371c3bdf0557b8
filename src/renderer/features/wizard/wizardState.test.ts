import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { TestReport } from '../../../shared/model/testReport.ts';
import { withConnectionText } from './connectionTextState.ts';
import { emptyForm } from './wizardForm.ts';
import {
  hasUnsavedInput,
  openedForNew,
  shownError,
  type WizardState,
  wantsPassword,
  withDetailsRefused,
  withFieldSet,
  withKindShown,
  withPostgresChosen,
} from './wizardState.ts';

const details = withPostgresChosen(openedForNew());

describe('the wizard', () => {
  it('shows no message before a field was touched', () => {
    expect(details.errors.name).toBe('Name is required');
    expect(shownError(details, 'name')).toBeNull();
    expect(shownError(withFieldSet(details, 'name', ''), 'name')).toBe('Name is required');
  });

  it('shows all that is missing once the details were refused', () => {
    const refused = withDetailsRefused(details);
    expect(refused.step).toBe('details');
    expect(shownError(refused, 'name')).not.toBeNull();
    expect(shownError(refused, 'user')).not.toBeNull();
    expect(refused.refusedCount).toBe(1);
  });

  it('wants the password typed once main has refused to use another, until something changes', () => {
    const error = someErrorDto('PASSWORD_REQUIRED');
    const report: TestReport = { outcome: 'failed', stages: [], totalMs: 1, error };
    const refused: WizardState = { ...details, test: { status: 'finished', form: details.form, report } };
    expect(wantsPassword(details)).toBe(false);
    expect(wantsPassword(refused)).toBe(true);
    expect(wantsPassword(withFieldSet(refused, 'password', 's'))).toBe(false);
    expect(wantsPassword({ ...details, saving: { status: 'failed', error } })).toBe(true);
  });

  it('keeps what was typed when somebody looks at the choice again', () => {
    const typed = withFieldSet(details, 'user', 'ada');
    expect(withPostgresChosen(withKindShown(typed)).form.user).toBe('ada');
  });

  it('knows whether closing would lose something', () => {
    expect(hasUnsavedInput(details)).toBe(false);
    expect(hasUnsavedInput(withConnectionText(details, 'postgres://half'))).toBe(true);
    const typed = withFieldSet(details, 'user', 'ada');
    expect(hasUnsavedInput(typed)).toBe(true);
    expect(hasUnsavedInput(withFieldSet(typed, 'user', emptyForm.user))).toBe(false);
  });
});
