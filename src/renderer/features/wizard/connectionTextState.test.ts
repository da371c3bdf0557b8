import { describe, expect, it } from 'vitest';
import { someDataSource } from '../../../../tests/support/dataSources.ts';
import {
  withConnectionText,
  withFillUndone,
  withTextRead,
  withTypedTextRead,
} from './connectionTextState.ts';
import { engineField } from './fieldNames.ts';
import { withValue } from './wizardForm.ts';
import {
  openedForEdit,
  openedForNew,
  withFieldSet,
  withKindChosen,
  withSecretSet,
  withValueSet,
} from './wizardState.ts';

const opened = openedForNew();

const saved = openedForEdit({
  dataSource: someDataSource({ name: 'Mine', host: 'db.example.com', database: 'a', user: 'ann' }),
  secrets: { password: { stored: true } },
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
      values: {
        host: 'db.example.com',
        port: '6543',
        database: 'shop',
        user: 'ada',
        tlsMode: 'verify-full',
      },
      secrets: { password: { typed: 's3cret' } },
    });
    expect(step).toBe(opened.step);
  });

  it('stands for the whole connection: nothing of the text before it stays (A2)', () => {
    const first = withTextRead(opened, 'postgres://ann:secretA@127.0.0.1:6543/a?sslmode=disable');
    const { form } = withTextRead(first, 'postgres://bob@db.example.com/b');
    expect(form).toMatchObject({
      name: 'b on db.example.com',
      values: {
        host: 'db.example.com',
        port: '5432',
        database: 'b',
        user: 'bob',
        tlsMode: 'verify-full',
        caPem: '',
      },
      secrets: { password: { typed: '' } },
    });
    expect(withValue(form, 'host', 'localhost').values.tlsMode).toBe('disable');
  });

  it('keeps a name that a person typed, and no password or certificate that was typed', () => {
    const typed = withValueSet(
      withSecretSet(withFieldSet(opened, 'name', 'Mine'), 'password', { typed: 'typed' }),
      'caPem',
      'PEM',
    );
    const { form } = withTextRead(typed, 'postgres://ada@db.example.com/shop');
    expect(form).toMatchObject({
      name: 'Mine',
      secrets: { password: { typed: '' } },
      values: { caPem: '' },
    });
  });

  it('changes of time-outs and pool only what it names (A9)', () => {
    const typed = withFieldSet(withFieldSet(opened, 'querySeconds', '600'), 'poolMax', '7');
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
      values: { database: 'ann' },
      name: 'ann on db.example.com',
    });
  });

  it('keeps the stored password at its address and drops it at another one', () => {
    const same = withTextRead(saved, 'postgres://ann@db.example.com/a?connect_timeout=5');
    expect(same.form).toMatchObject({ secrets: { password: { stored: 'keep' } }, name: 'Mine' });
    const other = withTextRead(saved, 'postgres://ann@other.example.com/a');
    expect(other.form).toMatchObject({ secrets: { password: { stored: 'drop' } }, name: 'Mine' });
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
    const state = withTextRead(opened, 'Server=one,two;Uid=ann');
    expect(state.form).toEqual(opened.form);
    expect(state.connectionText).toMatchObject({
      text: 'Server=one,two;Uid=ann',
      problem: { message: 'The text contains several hosts' },
    });
    expect(withConnectionText(state, 'postgres://one/shop').connectionText.problem).toBeNull();
  });
});

describe('connection text in another field (A3)', () => {
  it.each(['name', 'host', 'database', 'user'] as const)('is taken out of %s and apart', (field) => {
    const text = 'postgres://ann:s3cret@db.example.com/shop';
    const isName = field === 'name';
    const name = isName ? field : engineField(field);
    const typed = isName ? withFieldSet(opened, field, text) : withValueSet(opened, field, text);
    expect(typed.errors[name]).toBeDefined();
    expect(withTypedTextRead(typed, name).form).toMatchObject({
      name: 'shop on db.example.com',
      values: { host: 'db.example.com', user: 'ann', database: 'shop' },
      secrets: { password: { typed: 's3cret' } },
    });
  });

  it.each(['oracle://ann:s3cret@db/shop', 'Server=db,db2;Password=s3cret', 'password=s3cret'])(
    'is put into the line when it cannot be read but may hold a password: %s',
    (text) => {
      const state = withTypedTextRead(withFieldSet(opened, 'name', text), 'name');
      expect(state.form.name).toBe('');
      expect(state.connectionText).toMatchObject({ text, problem: { message: expect.any(String) } });
    },
  );

  it.each(['Shop', 'psql server', 'a=b', 'Team: orders', 'db.example.com'])('is none in %s', (name) => {
    const typed = withFieldSet(opened, 'name', name);
    expect(withTypedTextRead(typed, 'name')).toBe(typed);
    expect(typed.errors.name).toBeUndefined();
  });

  it('never moves the demo database, whose address is its own', () => {
    const demo = withFieldSet(
      { ...opened, form: { ...opened.form, origin: 'demo' } },
      'name',
      'postgres://ann@db.example.com/shop',
    );
    expect(withTypedTextRead(demo, 'name')).toBe(demo);
  });

  it('gives an edited name back to the data source', () => {
    const typed = withFieldSet(saved, 'name', 'postgres://ann@db.example.com/shop');
    expect(withTypedTextRead(typed, 'name').form).toMatchObject({
      name: 'Mine',
      values: { database: 'shop' },
    });
  });
});

describe('taking back what a connection text filled in', () => {
  const first = withTextRead(
    withValueSet(opened, 'user', 'typed'),
    'postgres://ann:secretA@one.example.com/a',
  );
  const before = withValueSet(opened, 'user', 'typed').form;

  it('brings back every field as it was', () => {
    const undone = withFillUndone(first);
    expect(undone.form).toEqual(before);
    expect(undone.connectionText.filled).toBeNull();
  });

  it('keeps what was typed since', () => {
    const typed = withValueSet(withFieldSet(first, 'name', 'Mine'), 'port', '99');
    expect(withFillUndone(typed).form).toMatchObject({
      name: 'Mine',
      values: { ...before.values, port: '99' },
      secrets: before.secrets,
    });
  });

  it('goes back text by text', () => {
    const second = withTextRead(first, 'postgres://bob@two.example.com/b');
    expect(withFillUndone(second).form).toEqual(first.form);
    expect(withFillUndone(withFillUndone(second)).form.values.user).toBe('typed');
  });

  it('brings back a text that was typed, into the field where it was typed', () => {
    const line = withConnectionText(opened, 'postgres://ann@db/shop');
    expect(withFillUndone(withTextRead(line, 'postgres://ann@db/shop')).connectionText.text).toBe(
      'postgres://ann@db/shop',
    );
    const host = withValueSet(opened, 'host', 'postgres://ann@db/shop');
    expect(withFillUndone(withTypedTextRead(host, 'engine.host')).form.values.host).toBe(
      'postgres://ann@db/shop',
    );
  });
});

describe('connection text of another engine', () => {
  const typed = withSecretSet(withValueSet(opened, 'user', 'typed'), 'password', { typed: 's3cret' });
  const read = withTextRead(typed, 'mysql://ann:pw@db.example.com/shop');

  it('makes the form one of that engine', () => {
    expect(read.form).toMatchObject({
      kind: 'mysql',
      name: 'shop on db.example.com',
      values: { host: 'db.example.com', port: '3306', user: 'ann', database: 'shop', transport: 'tcp' },
      secrets: { password: { typed: 'pw' } },
    });
    expect(read.errors).toEqual({});
  });

  it('is taken back with the engine', () => {
    expect(withFillUndone(read).form).toEqual(typed.form);
    expect(withFillUndone(withFieldSet(read, 'name', 'Mine')).form).toEqual({ ...typed.form, name: 'Mine' });
  });

  it('leaves an engine that was chosen since', () => {
    const again = withKindChosen(read, 'postgres');
    expect(withFillUndone(again).form).toMatchObject({ kind: 'postgres', values: again.form.values });
  });

  it('is refused for a data source that is saved', () => {
    const state = withTextRead(saved, 'mysql://ann:pw@db.example.com/shop');
    expect(state.form).toBe(saved.form);
    expect(state.connectionText.problem?.message).toBe('This is the address of a MySQL / MariaDB server');
  });
});
