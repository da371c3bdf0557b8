import { describe, expect, it } from 'vitest';
import { draftSchema } from '../../../shared/model/dataSource.ts';
import {
  draftOfForm,
  emptyForm,
  formOfFields,
  movesStoredPassword,
  type WizardForm,
  withField,
} from './wizardForm.ts';
import { validateForm } from './wizardValidation.ts';

const filled: WizardForm = { ...emptyForm, name: 'Shop', database: 'shop', user: 'ada' };
const id = 'b2e3a7de-5d0a-4b1e-9d6b-0a5b1f1c2d3e';

const saved = (form: WizardForm) => ({
  dataSource: { ...draftSchema.parse(draftOfForm(form, null)).fields, id, createdAt: 0, updatedAt: 0 },
  password: { stored: true },
  integrity: 'intact' as const,
});
const edited = (form: WizardForm = filled) => formOfFields(saved(form).dataSource, true);

describe('the form of the wizard', () => {
  it('opens a saved data source and saves it again without changing anything', () => {
    const original = saved({ ...filled, host: '2001:db8::1', readOnly: true, acquireSeconds: '0.25' });
    const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...fields } = original.dataSource;
    expect(draftOfForm(formOfFields(original.dataSource, true), id).fields).toEqual(fields);
  });

  it('keeps the leak watch and the idle transaction time-out through an edit, also a leak that is never taken back', () => {
    const watched = saved({
      ...filled,
      leakWarningSeconds: '5',
      leakReclaimSeconds: '90',
      idleInTransactionSeconds: '1.5',
    }).dataSource;
    expect(watched.pool).toMatchObject({ leakWarningMs: 5_000, leakReclaimMs: 90_000 });
    expect(watched.timeouts.idleInTransactionMs).toBe(1_500);
    expect(formOfFields(watched, false)).toMatchObject({
      leakWarningSeconds: '5',
      leakReclaimSeconds: '90',
      idleInTransactionSeconds: '1.5',
    });
    const never = saved({ ...filled, leakReclaimSeconds: ' ' }).dataSource;
    expect(never.pool.leakReclaimMs).toBeNull();
    expect(formOfFields(never, false).leakReclaimSeconds).toBe('');
  });

  it('asks for the full check of the certificate as soon as the server is not this computer', () => {
    expect(filled.tlsMode).toBe('disable');
    expect(withField(filled, 'host', 'db.example.com').tlsMode).toBe('verify-full');
    expect(withField(withField(filled, 'host', 'db.example.com'), 'host', 'LOCALHOST').tlsMode).toBe(
      'disable',
    );
  });

  it('leaves the encryption alone once a person has chosen it', () => {
    const chosen = withField(filled, 'tlsMode', 'encrypt');
    expect(withField(chosen, 'host', 'db.example.com').tlsMode).toBe('encrypt');
  });

  it('does not send a certificate that the chosen encryption would not use', () => {
    const form: WizardForm = { ...filled, caPem: 'left over from another mode', tlsMode: 'encrypt' };
    expect(draftOfForm(form, null).fields.tls).toEqual({ mode: 'encrypt', caPem: null });
  });

  it('keeps spaces that belong to a password and takes them off a host', () => {
    const draft = draftOfForm({ ...filled, host: ' db.example.com ', password: ' pass word ' }, null);
    expect(draft.fields.host).toBe('db.example.com');
    expect(draft.password).toEqual({ type: 'typed', value: ' pass word ' });
  });

  it('takes blanks and invisible characters off the ends of what is a name', () => {
    const { fields } = draftOfForm(
      { ...filled, name: ' Shop\u200b', database: 'shop ', user: '\u00a0ada' },
      null,
    );
    expect(fields).toMatchObject({ name: 'Shop', database: 'shop', user: 'ada' });
  });

  it('means the stored password by an empty field, another one by a typed text, none after its removal', () => {
    expect(draftOfForm(edited(), id).password).toEqual({ type: 'stored' });
    expect(draftOfForm({ ...edited(), password: 'new' }, id).password).toEqual({
      type: 'typed',
      value: 'new',
    });
    expect(draftOfForm({ ...edited(), storedPassword: 'drop' }, id).password).toEqual({ type: 'none' });
  });

  it('never sends a password for the demo database, whose password nobody types', () => {
    expect(draftOfForm({ ...filled, demo: true, password: 'typed before' }, null).password).toEqual({
      type: 'none',
    });
  });

  it.each([
    ['host', 'evil.example.com'],
    ['port', '6543'],
    ['database', 'other'],
    ['user', 'postgres'],
    ['tlsMode', 'encrypt'],
  ] as const)('moves a stored password when the %s changes', (field, value) => {
    const original = saved(filled);
    const moved = withField(edited(), field, value);
    expect(movesStoredPassword(moved, original)).toBe(true);
    expect(movesStoredPassword({ ...moved, password: 'typed' }, original)).toBe(false);
    expect(movesStoredPassword({ ...moved, storedPassword: 'drop' }, original)).toBe(false);
  });

  it('leaves a stored password where it is when nothing changes that decides who receives it', () => {
    const renamed = withField(edited(), 'name', 'Other');
    expect(movesStoredPassword(withField(renamed, 'poolMax', '3'), saved(filled))).toBe(false);
  });
});

describe('the check of the form', () => {
  it.each(['localhost', 'db', '10.0.0.1', '::1', '[::1]', 'fe80::1%eth0', '::ffff:10.0.0.1', '2001:db8::1'])(
    'takes %j as a host',
    (host) => expect(validateForm({ ...filled, host }, null)).toEqual({}),
  );

  it('finds nothing wrong with complete details', () => {
    expect(validateForm(filled, null)).toEqual({});
  });

  it.each(['', ' ', '5432x', '1e3', '0x10', '-1', '0', '65536', '54.5'])('refuses %j as a port', (port) => {
    expect(validateForm({ ...filled, port }, null)).toHaveProperty('port');
  });

  it.each([
    ...[
      'db:5432',
      'a b',
      'http://db',
      'one,two',
      '/tmp/socket',
      '',
      'd\u200bb',
      'ann@db',
      'db//x',
      'host=db',
      'db;x',
    ],
    ...["db'", 'db"', '(db)', '$db', 'db&x', '{db}', '<db>'],
  ])('refuses %j as a host', (host) => {
    expect(validateForm({ ...filled, host }, null)).toHaveProperty('host');
  });

  it('puts the rule between the two pool sizes under the field that breaks it', () => {
    const errors = validateForm({ ...filled, poolMin: '11', poolMax: '10' }, null);
    expect(errors).toEqual({ poolMin: 'The minimum must not exceed the maximum' });
  });

  it('speaks of seconds where seconds are typed, though main counts milliseconds', () => {
    expect(validateForm({ ...filled, connectSeconds: '0' }, null)).toEqual({
      connectSeconds: 'From 1 to 300 seconds',
    });
    expect(validateForm({ ...filled, acquireSeconds: '0.05' }, null)).toEqual({
      acquireSeconds: 'From 0.1 to 600 seconds',
    });
  });

  it('says what the leak watch and the idle transaction time-out may be, and that a leak may stay', () => {
    const wrong = { leakWarningSeconds: '0.5', leakReclaimSeconds: 'soon', idleInTransactionSeconds: '' };
    expect(validateForm({ ...filled, ...wrong }, null)).toEqual({
      leakWarningSeconds: 'From 1 to 3,600 seconds',
      leakReclaimSeconds: 'From 1 to 86,400 seconds, or empty for never',
      idleInTransactionSeconds: 'From 1 to 86,400 seconds',
    });
  });

  it('refuses to take a leak back before it is reported', () => {
    const form = { ...filled, leakWarningSeconds: '60', leakReclaimSeconds: '59' };
    expect(validateForm(form, null)).toHaveProperty('leakReclaimSeconds');
    expect(validateForm({ ...form, leakReclaimSeconds: '60' }, null)).toEqual({});
  });

  it('wants the certificate of the authority where only that is checked', () => {
    expect(validateForm({ ...filled, tlsMode: 'verify-ca' }, null)).toHaveProperty('caPem');
    expect(validateForm({ ...filled, tlsMode: 'verify-full', caPem: 'no certificate' }, null)).toHaveProperty(
      'caPem',
    );
    expect(validateForm({ ...filled, tlsMode: 'verify-full' }, null)).toEqual({});
  });

  it('shows what is invisible inside a name', () => {
    expect(validateForm({ ...filled, database: 'sh\u200bop' }, null).database).toContain('U+200B');
    expect(validateForm({ ...filled, user: 'a\u00a0da' }, null).user).toContain('U+00A0');
  });

  it('refuses a connection text as a name, as it would be saved with its password', () => {
    const name = 'postgres://ann:s3cret@db/shop';
    expect(validateForm({ ...filled, name }, null).name).toMatch(/looks like a connection string/);
    expect(validateForm({ ...filled, database: 'Pwd=s3cret;x=y' }, null)).toHaveProperty('database');
  });

  it('refuses a name that would read as another name', () => {
    expect(validateForm({ ...filled, name: 'pro\u202eduction' }, null)).toHaveProperty('name');
  });
});
