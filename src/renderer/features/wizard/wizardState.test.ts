import { describe, expect, it } from 'vitest';
import { someFields } from '../../../../tests/support/dataSources.ts';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import type { TestReport } from '../../../shared/model/testReport.ts';
import { withConnectionText } from './connectionTextState.ts';
import { emptyForm } from './wizardForm.ts';
import {
  hasUnsavedInput,
  openedForNew,
  shownError,
  type WizardState,
  wantsSecret,
  withDemoReady,
  withDetailsRefused,
  withFieldSet,
  withKindChosen,
  withKindShown,
  withSecretSet,
  withValueSet,
} from './wizardState.ts';

const details = withKindChosen(openedForNew(), 'postgres');

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
    expect(shownError(refused, 'engine.user')).not.toBeNull();
    expect(refused.refusedCount).toBe(1);
  });

  it('wants the password typed once main has refused to use another, until something changes', () => {
    const error = someErrorDto('PASSWORD_REQUIRED');
    const report: TestReport = { outcome: 'failed', stages: [], totalMs: 1, error };
    const refused: WizardState = { ...details, test: { status: 'finished', form: details.form, report } };
    expect(wantsSecret(details, 'password')).toBe(false);
    expect(wantsSecret(refused, 'password')).toBe(true);
    expect(wantsSecret(refused, 'another')).toBe(false);
    expect(wantsSecret(withSecretSet(refused, 'password', { typed: 's' }), 'password')).toBe(false);
    expect(wantsSecret({ ...details, saving: { status: 'failed', error } }, 'password')).toBe(true);
  });

  it('keeps what was typed when somebody looks at the choice again', () => {
    const typed = withValueSet(details, 'user', 'ada');
    expect(withKindChosen(withKindShown(typed), 'postgres').form.values.user).toBe('ada');
    expect(withKindChosen(withKindShown(typed), 'mysql').form).toMatchObject({
      kind: 'mysql',
      values: { user: 'ada', port: '3306' },
    });
  });

  it('starts afresh when another kind is chosen after the demo has filled everything in', () => {
    const demo = withDemoReady(openedForNew(), someFields({ origin: 'demo' }));
    expect(withKindChosen(withKindShown(demo), 'postgres').form).toEqual(emptyForm('postgres'));
  });

  it('knows whether closing would lose something', () => {
    expect(hasUnsavedInput(details)).toBe(false);
    expect(hasUnsavedInput(withConnectionText(details, 'postgres://half'))).toBe(true);
    const typed = withValueSet(details, 'user', 'ada');
    expect(hasUnsavedInput(typed)).toBe(true);
    expect(hasUnsavedInput(withValueSet(typed, 'user', ''))).toBe(false);
    expect(hasUnsavedInput(withSecretSet(details, 'password', { typed: 's' }))).toBe(true);
    expect(hasUnsavedInput(withFieldSet(details, 'poolMax', '3'))).toBe(true);
    expect(hasUnsavedInput(withKindChosen(details, 'mysql'))).toBe(false);
  });
});
