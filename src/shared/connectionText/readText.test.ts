import { describe, expect, it } from 'vitest';
import { accepted, isMeant, readAny } from '../../../tests/support/connectionTexts.ts';
import { mayHoldPassword } from './readText.ts';

describe('a text that several engines could take', () => {
  it.each([
    // The scheme.
    ['postgres://ann@db/shop', 'postgres'],
    ['mysql://ann@db:5432/shop', 'mysql'],
    ['jdbc:postgresql://db:3306/shop', 'postgres'],
    ['jdbc:mariadb://db/shop', 'mysql'],
    ['DATABASE_URL=postgres://ann@db/shop', 'postgres'],
    ['DATABASE_URL=mysql://ann@db/shop', 'mysql'],
    ['DATABASE_URL=mysql://ann@db/shop\nPOSTGRES_PASSWORD=pw', 'mysql'],
    ['PGHOST=db\nPGPASSWORD=x@tcp(evil)/y', 'postgres'],
    ['MYSQL_HOST=db\nMYSQL_PASSWORD=postgres://x@evil/y', 'mysql'],
    ['DATABASE_URL=postgres://ann@db/shop\nMYSQL_ROOT_PASSWORD=pw', 'postgres'],
    ['pgsql:host=db;dbname=shop', 'postgres'],
    ['mysql:host=db;dbname=shop', 'mysql'],
    // The program.
    ['psql -h db -U ann shop', 'postgres'],
    ['mysql -h db -u ann shop', 'mysql'],
    // The names of variables.
    ['PGHOST=db\nPGUSER=ann', 'postgres'],
    ['MYSQL_HOST=db\nMYSQL_USER=ann', 'mysql'],
    ['DB_CONNECTION=pgsql\nDB_HOST=db\nDB_USERNAME=ann', 'postgres'],
    ['DB_CONNECTION=mariadb\nDB_HOST=db\nDB_USERNAME=ann', 'mysql'],
    ['DB_HOST=db\nDB_PORT=5432\nDB_USER=ann', 'postgres'],
    ['DB_HOST=db\nDB_PORT=3306\nDB_USER=ann', 'mysql'],
    ['DB_CONNECTION=pgsql\nDB_HOST=db\nDB_PORT=3306', 'postgres'],
    // The usual port, words of TLS and names of settings in .NET.
    ['Server=db;Port=5432;Uid=ann;Pwd=pw', 'postgres'],
    ['Host=db;Port=3306;Username=ann;Password=pw', 'mysql'],
    ['Server=db;Uid=ann;Pwd=pw;Database=shop', 'mysql'],
    ['Host=db;Username=ann;Password=pw;Database=shop', 'postgres'],
    ['Server=db;User Id=ann;Password=pw;SslMode=Preferred', 'mysql'],
    ['Server=db;User Id=ann;Password=pw;SslMode=Prefer', 'postgres'],
    ['Server=db;User Id=ann;Password=pw;Allow User Variables=true', 'mysql'],
    ['Server=db;User Id=ann;Password=pw;Search Path=x', 'postgres'],
    ['Driver={MariaDB ODBC 3.1 Driver};Server=db;User=ann', 'mysql'],
    ['Driver={PostgreSQL Unicode};Server=db;User=ann', 'postgres'],
    // An API.
    ['https://db/shop', 'rest'],
    ['curl https://db/shop -d host=db', 'rest'],
    // Keywords are libpq's alone.
    ['host=db port=3306 user=ann', 'postgres'],
  ])('goes to the right one: %j is for %s', (text, kind) => {
    const { kind: actual, notes } = accepted(text);
    expect(actual).toBe(kind);
    expect(notes.join()).not.toContain('does not say');
  });

  it('goes to the first one when nothing tells them apart, and it is said', () => {
    const { kind, notes } = accepted('Server=db;User Id=ann;Password=pw;Database=shop');
    expect(kind).toBe('postgres');
    expect(notes).toEqual([
      'The text does not say whether it is for PostgreSQL or MySQL / MariaDB. It was read as one for PostgreSQL.',
    ]);
  });

  it.each([
    'A=postgres://one/a\nB=mysql://two/b',
    'PGHOST=one\nMYSQL_HOST=two',
    'Server=db;Port=5432;User Id=ann;Allow User Variables=true',
  ])('is refused when it has settings that only one of them has, for both: %j', (text) => {
    expect(readAny(text)).toMatchObject({
      ok: false,
      message: 'The text has settings for PostgreSQL and MySQL / MariaDB',
    });
  });

  it('goes to the one that can read it when it fits both alike', () => {
    const { kind, values } = accepted('Data Source=db;User Id=ann;Password=pw');
    expect([kind, values.host]).toEqual(['mysql', 'db']);
  });
});

describe('a text that no engine takes', () => {
  it('is told what it could be, by every engine and each spelling once', () => {
    const reading = readAny('ftp://db/shop');
    expect(reading).toEqual({
      ok: false,
      form: null,
      message: 'This is not the address of a database Mooring knows',
      hint: expect.stringMatching(
        /^It can be a connection URL, .*a psql command, .* a mysql command, .* or the URL of an API\.$/,
      ),
    });
    expect(JSON.stringify(reading).match(/a connection URL/g)).toHaveLength(1);
  });

  it('is told an example of each when there is nothing to read', () => {
    expect(readAny(' ')).toMatchObject({
      hint: 'Paste a URL such as postgresql://user@host:5432/database, mysql://user@host:3306/database or https://api.example.com/v1.',
    });
  });
});

describe('isMeant', () => {
  it.each([
    ['mysql -u ann -p S3cret shop', true],
    ['postgres://h1,h2/shop', true],
    ['MySQL production', false],
    ['mysql', false],
    ['psql, mysql and others', false],
    ['name=shop', false],
    ['Orders: EU', false],
    ['ann@example.com', false],
    [`postgres://${'x'.repeat(300_000)}`, false],
  ])('of %s is %s, even where it cannot be read', (text, expected) => {
    expect(isMeant(text)).toBe(expected);
  });
});

describe('mayHoldPassword', () => {
  it.each([
    ['redis://ann:pw@db', true],
    ['ann:pw@tcp(db:3306)/shop', true],
    ['Password = x', true],
    ['pwd=x', true],
    ['Shop (production)', false],
    ['ann@example.com', false],
    ['https://example.com/docs', false],
  ])('of %s is %s', (text, expected) => {
    expect(mayHoldPassword(text)).toBe(expected);
  });
});
