import { describe, expect, it } from 'vitest';
import { someErrorDto } from '../../../../tests/support/someErrorDto.ts';
import { parseConnectionUrl } from '../../../shared/model/connectionUrl.ts';
import type { TestReport } from '../../../shared/model/testReport.ts';
import { emptyForm } from './wizardForm.ts';
import {
  hasUnsavedInput,
  openedForNew,
  shownError,
  type WizardState,
  wantsPassword,
  withFieldSet,
  withStep,
  withUrlFilled,
  withUrlText,
} from './wizardState.ts';

const details = withStep(openedForNew(), 'details');

function fillFrom(state: WizardState, url: string): WizardState {
  const read = parseConnectionUrl(url);
  if (!read.ok) throw new Error(read.message);
  return withUrlFilled(withUrlText(state, url), read);
}

describe('the wizard', () => {
  it('shows no message before a field was touched', () => {
    expect(details.errors.name).toBe('Name is required');
    expect(shownError(details, 'name')).toBeNull();
    expect(shownError(withFieldSet(details, 'name', ''), 'name')).toBe('Name is required');
  });

  it('stays at incomplete details and then shows all that is missing', () => {
    const refused = withStep(details, 'test');
    expect(refused.step).toBe('details');
    expect(shownError(refused, 'name')).not.toBeNull();
    expect(shownError(refused, 'user')).not.toBeNull();
    expect(refused.refusedCount).toBe(1);
  });

  it('fills every field that a connection URL names, and the name when there is none', () => {
    const { form, step } = fillFrom(
      details,
      'postgres://ada:s3cret@db.example.com:6543/shop?sslmode=verify-full',
    );
    expect(form).toMatchObject({
      name: 'shop on db.example.com',
      host: 'db.example.com',
      port: '6543',
      database: 'shop',
      user: 'ada',
      password: 's3cret',
      tlsMode: 'verify-full',
    });
    expect(step).toBe('details');
  });

  it('does not leave a pasted URL, and so a password, in plain on the screen', () => {
    const state = fillFrom(details, 'postgres://ada:s3cret@db.example.com/shop');
    expect(JSON.stringify({ ...state, form: { ...state.form, password: '' } })).not.toContain('s3cret');
  });

  it('keeps what was typed when a URL says nothing about it', () => {
    const typed = withFieldSet(withFieldSet(details, 'name', 'Mine'), 'password', 'typed');
    const { form } = fillFrom(typed, 'postgres://ada@db.example.com/shop');
    expect(form).toMatchObject({ name: 'Mine', password: 'typed', port: '5432' });
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

  it('knows whether closing would lose something', () => {
    expect(hasUnsavedInput(details)).toBe(false);
    expect(hasUnsavedInput(withUrlText(details, 'postgres://half'))).toBe(true);
    const typed = withFieldSet(details, 'user', 'ada');
    expect(hasUnsavedInput(typed)).toBe(true);
    expect(hasUnsavedInput(withFieldSet(typed, 'user', emptyForm.user))).toBe(false);
  });
});
