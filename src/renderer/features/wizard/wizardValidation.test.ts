import { describe, expect, it } from 'vitest';
import { emptyForm, type WizardForm, withValue } from './wizardForm.ts';
import { validateForm } from './wizardValidation.ts';

const withValues = (form: WizardForm, values: Readonly<Record<string, string>>): WizardForm =>
  Object.entries(values).reduce((sofar, [key, text]) => withValue(sofar, key, text), form);

const filled = withValues({ ...emptyForm('postgres'), name: 'Shop' }, { database: 'shop', user: 'ada' });
const errorsWith = (values: Readonly<Record<string, string>>) =>
  validateForm(withValues(filled, values), null);

describe('the check of the form', () => {
  it.each(['localhost', 'db', '10.0.0.1', '::1', '[::1]', 'fe80::1%eth0', '::ffff:10.0.0.1', '2001:db8::1'])(
    'takes %j as a host',
    (host) => expect(errorsWith({ host })).toEqual({}),
  );

  it('finds nothing wrong with complete details', () => {
    expect(validateForm(filled, null)).toEqual({});
  });

  it.each(['', ' ', '5432x', '1e3', '0x10', '-1', '0', '65536', '54.5'])('refuses %j as a port', (port) => {
    expect(Object.keys(errorsWith({ port }))).toEqual(['engine.port']);
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
    expect(Object.keys(errorsWith({ host }))).toEqual(['engine.host']);
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
    expect(Object.keys(errorsWith({ tlsMode: 'verify-ca' }))).toEqual(['engine.caPem']);
    const wrong = errorsWith({ tlsMode: 'verify-full', caPem: 'no certificate' });
    expect(Object.keys(wrong)).toEqual(['engine.caPem']);
    expect(errorsWith({ tlsMode: 'verify-full' })).toEqual({});
  });

  it('says how large a certificate may be in the words of the form', () => {
    const pem = '-----BEGIN CERTIFICATE-----x-----END CERTIFICATE-----'.padEnd(600 * 1024);
    expect(errorsWith({ tlsMode: 'verify-full', caPem: pem })['engine.caPem']).toMatch(/limit is 512 KB/);
  });

  it('shows what is invisible inside a name', () => {
    expect(errorsWith({ database: 'sh\u200bop' })['engine.database']).toContain('U+200B');
    expect(errorsWith({ user: 'a\u00a0da' })['engine.user']).toContain('U+00A0');
  });

  it('refuses a connection text as a name, as it would be saved with its password', () => {
    const name = 'postgres://ann:s3cret@db/shop';
    expect(validateForm({ ...filled, name }, null).name).toMatch(/looks like a connection string/);
    expect(Object.keys(errorsWith({ database: 'Pwd=s3cret;x=y' }))).toEqual(['engine.database']);
  });

  it('refuses a name that would read as another name', () => {
    expect(validateForm({ ...filled, name: 'pro\u202eduction' }, null)).toHaveProperty('name');
  });
});

describe('the check of another engine', () => {
  const mysql = withValues({ ...emptyForm('mysql'), name: 'Shop' }, { user: 'ada' });

  it('is that of its own fields: no database is needed here', () => {
    expect(validateForm(mysql, null)).toEqual({});
    expect(Object.keys(validateForm(withValue(mysql, 'timeZone', '+2'), null))).toEqual(['engine.timeZone']);
  });

  it('does not ask about fields that are not shown', () => {
    const socket = withValues(mysql, { host: '', port: '', transport: 'socket' });
    expect(Object.keys(validateForm(socket, null))).toEqual(['engine.socketPath']);
    expect(validateForm(withValue(socket, 'socketPath', '/run/mysqld.sock'), null)).toEqual({});
  });
});
