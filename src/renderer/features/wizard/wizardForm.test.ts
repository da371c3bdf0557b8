import { describe, expect, it } from 'vitest';
import type { DataSourceOverrides } from '../../../../tests/support/dataSources.ts';
import { postgresConfig, someDataSource } from '../../../../tests/support/dataSources.ts';
import type { DataSourceSummary } from '../../../shared/model/dataSource.ts';
import { newResource } from '../../../shared/model/resources.ts';
import {
  draftOfForm,
  emptyForm,
  formOfFields,
  movesStoredSecret,
  resourcesOfForm,
  type WizardForm,
  withKind,
  withResourcesOf,
  withSecret,
  withValue,
} from './wizardForm.ts';

const withValues = (form: WizardForm, values: Readonly<Record<string, string>>): WizardForm =>
  Object.entries(values).reduce((sofar, [key, text]) => withValue(sofar, key, text), form);

const filled: WizardForm = withValues(
  { ...emptyForm('postgres'), name: 'Shop' },
  { database: 'shop', user: 'ada' },
);
const configOf = (form: WizardForm) => postgresConfig(draftOfForm(form, null).fields);

const saved = (overrides: DataSourceOverrides = {}): DataSourceSummary => ({
  dataSource: someDataSource(overrides),
  secrets: { password: { stored: true } },
  integrity: 'intact',
});
const edited = ({ dataSource, secrets }: DataSourceSummary) => formOfFields(dataSource, secrets);

describe('the form of the wizard', () => {
  it('opens a saved data source and saves it again without changing anything', () => {
    const { dataSource } = saved({ host: '2001:db8::1', readOnly: true });
    const { id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = dataSource;
    expect(draftOfForm(formOfFields(dataSource), id).fields).toEqual(fields);
  });

  it('keeps the leak watch and the idle transaction time-out through an edit, also a leak that is never taken back', () => {
    const watched = draftOfForm(
      { ...filled, leakWarningSeconds: '5', leakReclaimSeconds: '90', idleInTransactionSeconds: '1.5' },
      null,
    ).fields;
    expect(watched.pool).toMatchObject({ leakWarningMs: 5_000, leakReclaimMs: 90_000 });
    expect(watched.timeouts.idleInTransactionMs).toBe(1_500);
    expect(formOfFields(watched)).toMatchObject({
      leakWarningSeconds: '5',
      leakReclaimSeconds: '90',
      idleInTransactionSeconds: '1.5',
    });
    const never = draftOfForm({ ...filled, leakReclaimSeconds: ' ' }, null).fields;
    expect(never.pool.leakReclaimMs).toBeNull();
    expect(formOfFields(never).leakReclaimSeconds).toBe('');
  });

  it('asks for the full check of the certificate as soon as the server is not this computer', () => {
    expect(filled.values.tlsMode).toBe('disable');
    const remote = withValue(filled, 'host', 'db.example.com');
    expect(remote.values.tlsMode).toBe('verify-full');
    expect(withValue(remote, 'host', 'LOCALHOST').values.tlsMode).toBe('disable');
  });

  it('leaves the encryption alone once a person has chosen it', () => {
    const chosen = withValue(filled, 'tlsMode', 'encrypt');
    expect(withValue(chosen, 'host', 'db.example.com').values.tlsMode).toBe('encrypt');
    const opened = formOfFields(saved({ host: 'localhost' }).dataSource);
    expect(withValue(opened, 'host', 'db.example.com').values.tlsMode).toBe('disable');
  });

  it('does not send a certificate that the chosen encryption would not use', () => {
    const form = withValues(filled, { caPem: 'left over from another mode', tlsMode: 'encrypt' });
    expect(configOf(form).tls).toEqual({ mode: 'encrypt', caPem: null });
  });

  it('keeps spaces that belong to a password and takes them off a host', () => {
    const form = withSecret(withValue(filled, 'host', ' db.example.com '), 'password', {
      typed: ' pass word ',
    });
    expect(configOf(form).host).toBe('db.example.com');
    expect(draftOfForm(form, null).secrets).toEqual({ password: { type: 'typed', value: ' pass word ' } });
  });

  it('takes blanks and invisible characters off the ends of what is a name', () => {
    const form = withValues({ ...filled, name: ' Shop\u200b' }, { database: 'shop ', user: '\u00a0ada' });
    expect(draftOfForm(form, null).fields.name).toBe('Shop');
    expect(configOf(form)).toMatchObject({ database: 'shop', user: 'ada' });
  });

  it('means the stored password by an empty field, another one by a typed text, none after its removal', () => {
    const form = edited(saved());
    expect(draftOfForm(form, null).secrets).toEqual({ password: { type: 'stored' } });
    expect(draftOfForm(withSecret(form, 'password', { typed: 'new' }), null).secrets).toEqual({
      password: { type: 'typed', value: 'new' },
    });
    expect(draftOfForm(withSecret(form, 'password', { stored: 'drop' }), null).secrets).toEqual({});
  });

  it('never sends a password for the demo database, whose password nobody types', () => {
    const demo = withSecret({ ...filled, origin: 'demo' }, 'password', { typed: 'typed before' });
    expect(draftOfForm(demo, null).secrets).toEqual({});
    expect(formOfFields(someDataSource({ origin: 'demo' }), { password: {} }).secrets).toMatchObject({
      password: { typed: '', stored: 'none' },
    });
  });

  it.each([
    ['host', 'evil.example.com'],
    ['port', '6543'],
    ['database', 'other'],
    ['user', 'postgres'],
    ['tlsMode', 'encrypt'],
  ] as const)('moves a stored password when the %s changes', (field, value) => {
    const original = saved();
    const moved = withValue(edited(original), field, value);
    expect(movesStoredSecret(moved, original)).toBe(true);
    expect(movesStoredSecret(withSecret(moved, 'password', { typed: 'typed' }), original)).toBe(false);
    expect(movesStoredSecret(withSecret(moved, 'password', { stored: 'drop' }), original)).toBe(false);
  });

  it('leaves a stored password where it is when nothing changes that decides who receives it', () => {
    const original = saved();
    expect(movesStoredSecret({ ...edited(original), name: 'Other', poolMax: '3' }, original)).toBe(false);
  });
});

describe('the choice of another engine', () => {
  const typed = withSecret(withValues(filled, { host: 'db.example.com' }), 'password', { typed: 's3cret' });

  it('keeps what was typed and has a place there, and takes the rest from the other engine', () => {
    const { values, secrets, name } = withKind(typed, 'mysql');
    expect(values).toMatchObject({ host: 'db.example.com', database: 'shop', user: 'ada', transport: 'tcp' });
    expect(values.port).toBe('3306');
    expect(values.tlsMode).toBe('verify-full');
    expect(secrets).toMatchObject({ password: { typed: 's3cret', stored: 'none' } });
    expect(name).toBe('Shop');
  });

  it('goes back to the same values', () => {
    expect(withKind(withKind(typed, 'mysql'), 'postgres').values).toEqual(typed.values);
  });
});

describe('a form with conditions', () => {
  const socket = withValues(emptyForm('mysql'), {
    host: 'db.example.com',
    transport: 'socket',
    socketPath: '/run/mysqld/mysqld.sock',
    user: 'ada',
  });

  it('saves nothing of what is not shown', () => {
    expect(draftOfForm(socket, null).fields.engine.config).toMatchObject({
      socketPath: '/run/mysqld/mysqld.sock',
      host: 'localhost',
      tls: { mode: 'disable', caPem: null },
      database: null,
    });
  });

  it('keeps what is not shown for the way back', () => {
    expect(withValue(socket, 'transport', 'tcp').values.host).toBe('db.example.com');
  });
});

describe('the form of an API', () => {
  const api = withValues({ ...emptyForm('rest'), name: 'Shop' }, { baseUrl: 'https://api.ex.test/v1' });

  it('sends no secret of another authentication than the chosen one', () => {
    const keyed = withSecret(withValue(api, 'auth', 'api-key'), 'apiKey', { typed: 'key-1' });
    expect(draftOfForm(keyed, null).secrets).toEqual({ apiKey: { type: 'typed', value: 'key-1' } });
    expect(draftOfForm(withValue(keyed, 'auth', 'bearer'), null).secrets).toEqual({});
  });

  it('names a secret that the person signed in for, and never has it', () => {
    const obtained = { id: '11111111-1111-4111-8111-111111111111', expiresAt: null };
    const signedIn = withSecret(withValue(api, 'auth', 'oauth-code'), 'refreshToken', { obtained });
    expect(draftOfForm(signedIn, null).secrets).toEqual({
      refreshToken: { type: 'obtained', id: obtained.id },
    });
  });

  it('takes other resources, and leaves alone what else is typed, right or wrong', () => {
    const users = { ...newResource, name: 'users' };
    const half = withValue(api, 'rateRequests', 'many');
    const filledIn = withResourcesOf(half, [users]);
    expect(resourcesOfForm(filledIn)).toEqual([users]);
    expect(filledIn.values.rateRequests).toBe('many');
    expect(resourcesOfForm(filled)).toBeNull();
  });

  it('keeps nothing open, and has so many requests at once', () => {
    expect(draftOfForm({ ...api, poolMin: '9', poolMax: '4' }, null).fields.pool).toMatchObject({
      min: 0,
      max: 4,
    });
  });
});
