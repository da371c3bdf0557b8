import { describe, expect, it } from 'vitest';
import { draftSchema } from '../../../shared/model/dataSource.ts';
import {
  withConnectionText,
  withFillUndone,
  withTextRead,
  withTypedTextRead,
} from './connectionTextState.ts';
import { draftOfForm, emptyForm, type WizardForm, withField } from './wizardForm.ts';
import { openedForEdit, openedForNew, type WizardState, withFieldSet } from './wizardState.ts';

const opened = openedForNew();
const set = <Field extends keyof WizardForm>(state: WizardState, field: Field, value: WizardForm[Field]) =>
  withFieldSet(state, field, value);

const saved = openedForEdit({
  dataSource: {
    ...draftSchema.parse(
      draftOfForm({ ...emptyForm, name: 'Mine', host: 'db.example.com', database: 'a', user: 'ann' }, null),
    ).fields,
    id: 'b2e3a7de-5d0a-4b1e-9d6b-0a5b1f1c2d3e',
    createdAt: 0,
    updatedAt: 0,
  },
  password: { stored: true },
  integrity: 'intact',
});

describe('connection text in the wizard', () => {
  it('fills every field that it names, and the name when there is none', () => {
    const { form, step } = withTextRead(
      opened,
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
    expect(step).toBe(opened.step);
  });

  it('stands for the whole connection: nothing of the text before it stays (A2)', () => {
    const first = withTextRead(opened, 'postgres://ann:secretA@127.0.0.1:6543/a?sslmode=disable');
    const { form } = withTextRead(first, 'postgres://bob@db.example.com/b');
    expect(form).toMatchObject({
      name: 'b on db.example.com',
      host: 'db.example.com',
      port: '5432',
      database: 'b',
      user: 'bob',
      password: '',
      tlsMode: 'verify-full',
      caPem: '',
    });
    expect(withField(form, 'host', 'localhost').tlsMode).toBe('disable');
  });

  it('keeps a name that a person typed, and no password or certificate that was typed', () => {
    const typed = set(set(set(opened, 'name', 'Mine'), 'password', 'typed'), 'caPem', 'PEM');
    const { form } = withTextRead(typed, 'postgres://ada@db.example.com/shop');
    expect(form).toMatchObject({ name: 'Mine', password: '', caPem: '' });
  });

  it('changes of time-outs and pool only what it names (A9)', () => {
    const typed = set(set(opened, 'querySeconds', '600'), 'poolMax', '7');
    const { form } = withTextRead(typed, 'postgres://ann@db.example.com/shop?connect_timeout=10');
    expect(form).toMatchObject({ connectSeconds: '10', querySeconds: '600', poolMax: '7' });
  });

  it('takes the minimum of the pool along when it names a smaller maximum', () => {
    const { form } = withTextRead(opened, 'postgres://ann@db/shop?pool_size=1');
    expect(form).toMatchObject({ poolMin: '1', poolMax: '1' });
  });

  it('asks for read-only, but never takes it away', () => {
    const readOnly = withTextRead(opened, 'jdbc:postgresql://db/shop?readOnly=true');
    expect(readOnly.form.readOnly).toBe(true);
    expect(withTextRead(readOnly, 'jdbc:postgresql://db/shop?readOnly=false').form.readOnly).toBe(true);
  });

  it('suggests a name that can be saved, however long host and database are (A11)', () => {
    const host = `${'h'.repeat(60)}.${'h'.repeat(60)}.example`;
    const { form, errors } = withTextRead(opened, `postgres://ann@${host}/${'d'.repeat(40)}`);
    expect([...form.name]).toHaveLength(128);
    expect(errors.name).toBeUndefined();
  });

  it('names the database after the user when it names none, as everybody after libpq does (A11)', () => {
    expect(withTextRead(opened, 'postgres://ann@db.example.com').form).toMatchObject({
      database: 'ann',
      name: 'ann on db.example.com',
    });
  });

  it('keeps the stored password at its address and drops it at another one', () => {
    const same = withTextRead(saved, 'postgres://ann@db.example.com/a?connect_timeout=5');
    expect(same.form).toMatchObject({ storedPassword: 'keep', name: 'Mine' });
    const other = withTextRead(saved, 'postgres://ann@other.example.com/a');
    expect(other.form).toMatchObject({ storedPassword: 'drop', name: 'Mine' });
  });

  it('is said to be read, with what was left out', () => {
    const { filled, text } = withTextRead(
      opened,
      'Host=db;Username=ann;Search Path=x;Timezone=y;Other=z',
    ).connectionText;
    expect(text).toBe('');
    expect(filled).toMatchObject({
      form: 'a .NET connection string',
      remarks: ['One unknown setting was left out.', 'Left out: Search Path, Timezone (not supported).'],
    });
  });

  it('stays in the line with the reason when it cannot be read, and changes nothing', () => {
    const state = withTextRead(opened, 'postgres://one,two/shop');
    expect(state.form).toEqual(opened.form);
    expect(state.connectionText).toMatchObject({
      text: 'postgres://one,two/shop',
      problem: { message: 'The text contains several hosts' },
    });
    expect(withConnectionText(state, 'postgres://one/shop').connectionText.problem).toBeNull();
  });
});

describe('connection text in another field (A3)', () => {
  it.each(['name', 'host', 'database', 'user'] as const)('is taken out of %s and apart', (field) => {
    const typed = set(opened, field, 'postgres://ann:s3cret@db.example.com/shop');
    expect(typed.errors[field]).toBeDefined();
    expect(withTypedTextRead(typed, field).form).toMatchObject({
      name: 'shop on db.example.com',
      host: 'db.example.com',
      user: 'ann',
      database: 'shop',
      password: 's3cret',
    });
  });

  it.each(['mysql://ann:s3cret@db/shop', 'Server=db,db2;Password=s3cret', 'password=s3cret'])(
    'is put into the line when it cannot be read but may hold a password: %s',
    (text) => {
      const state = withTypedTextRead(set(opened, 'name', text), 'name');
      expect(state.form.name).toBe('');
      expect(state.connectionText).toMatchObject({ text, problem: { message: expect.any(String) } });
    },
  );

  it.each(['Shop', 'psql server', 'a=b', 'Team: orders', 'db.example.com'])('is none in %s', (name) => {
    const typed = set(opened, 'name', name);
    expect(withTypedTextRead(typed, 'name')).toBe(typed);
    expect(typed.errors.name).toBeUndefined();
  });

  it('never moves the demo database, whose address is its own', () => {
    const demo = set(set(opened, 'demo', true), 'name', 'postgres://ann@db.example.com/shop');
    expect(withTypedTextRead(demo, 'name')).toBe(demo);
  });

  it('gives an edited name back to the data source', () => {
    const typed = set(saved, 'name', 'postgres://ann@db.example.com/shop');
    expect(withTypedTextRead(typed, 'name').form).toMatchObject({ name: 'Mine', database: 'shop' });
  });
});

describe('taking back what a connection text filled in', () => {
  const first = withTextRead(set(opened, 'user', 'typed'), 'postgres://ann:secretA@one.example.com/a');

  it('brings back every field as it was', () => {
    const undone = withFillUndone(first);
    expect(undone.form).toEqual({ ...opened.form, user: 'typed' });
    expect(undone.connectionText.filled).toBeNull();
  });

  it('keeps what was typed since', () => {
    const typed = set(first, 'name', 'Mine');
    expect(withFillUndone(typed).form).toEqual({ ...opened.form, user: 'typed', name: 'Mine' });
  });

  it('goes back text by text', () => {
    const second = withTextRead(first, 'postgres://bob@two.example.com/b');
    expect(withFillUndone(second).form).toEqual(first.form);
    expect(withFillUndone(withFillUndone(second)).form.user).toBe('typed');
  });

  it('brings back a text that was typed, into the field where it was typed', () => {
    const line = withConnectionText(opened, 'postgres://ann@db/shop');
    expect(withFillUndone(withTextRead(line, 'postgres://ann@db/shop')).connectionText.text).toBe(
      'postgres://ann@db/shop',
    );
    const host = set(opened, 'host', 'postgres://ann@db/shop');
    expect(withFillUndone(withTypedTextRead(host, 'host')).form.host).toBe('postgres://ann@db/shop');
  });
});
