import { describe, expect, it } from 'vitest';
import { accepted, inShort, readAny } from '../../../../../tests/support/connectionTexts.ts';

const namesLeftOut = (text: string) => accepted(text).leftOut.map(({ name }) => name);

describe('the spellings of a connection', () => {
  it.each([
    'postgres://ann:pw@db.example.com:5433/shop',
    'postgresql://ann:pw@db.example.com:5433/shop',
    'postgresql+psycopg2://ann:pw@db.example.com:5433/shop',
    'postgresql+psycopg://ann:pw@db.example.com:5433/shop',
    'postgresql+asyncpg://ann:pw@db.example.com:5433/shop',
    'postgresql+pg8000://ann:pw@db.example.com:5433/shop',
    'postgis://ann:pw@db.example.com:5433/shop',
    'pgsql://ann:pw@db.example.com:5433/shop',
    'ecto://ann:pw@db.example.com:5433/shop',
    '  \npostgres://ann:pw@DB.example.com:5433/shop\n ',
    '"postgres://ann:pw@db.example.com:5433/shop"',
    "'postgres://ann:pw@db.example.com:5433/shop',",
    '<postgres://ann:pw@db.example.com:5433/shop>',
    'postgresql://?host=db.example.com&port=5433&dbname=shop&user=ann&password=pw',
    'jdbc:postgresql://db.example.com:5433/shop?user=ann&password=pw',
    'jdbc:postgresql://ann:pw@db.example.com:5433/shop',
    'host=db.example.com port=5433 dbname=shop user=ann password=pw',
    "host = 'db.example.com' port=5433 dbname='shop' user=ann password='pw'",
    'Host=db.example.com;Port=5433;Database=shop;Username=ann;Password=pw',
    'server = db.example.com ; PORT=5433; DB=shop; user id=ann; Pwd="pw" ;',
    "Host=db.example.com:5433;Database=shop;UserId=ann;PSW='pw';",
    'DATABASE_URL="postgres://ann:pw@db.example.com:5433/shop"',
    'DATABASE_URL=postgres://ann:pw@db.example.com:5433/shop',
    'export DATABASE_URL=postgres://ann:pw@db.example.com:5433/shop # production',
    'DATABASE_URL="postgres://ann:pw@db.example.com:5433/shop" # production',
    "export DATABASE_URL='postgres://ann:pw@db.example.com:5433/shop'; ",
    "$env:DATABASE_URL = 'postgres://ann:pw@db.example.com:5433/shop'",
    'spring.datasource.url=jdbc:postgresql://db.example.com:5433/shop?user=ann&password=pw',
    '"Default": "Host=db.example.com;Port=5433;Database=shop;Username=ann;Password=pw",',
    '    - DATABASE_URL=postgres://ann:pw@db.example.com:5433/shop',
    'DATABASE_URL: postgres://ann:pw@db.example.com:5433/shop',
    'PG_DSN="host=db.example.com port=5433 dbname=shop user=ann password=pw"',
    'PGHOST=db.example.com PGPORT=5433 PGDATABASE=shop PGUSER=ann PGPASSWORD=pw',
    'export PGHOST=db.example.com\nexport PGPORT=5433\n\n# who\nPGDATABASE=shop\nPGUSER=ann\nPGPASSWORD="pw"',
    'POSTGRES_HOST=db.example.com\nPOSTGRES_PORT=5433\nPOSTGRES_DB=shop\nPOSTGRES_USER=ann\nPOSTGRES_PASSWORD=pw',
    'pgsql:host=db.example.com;port=5433;dbname=shop;user=ann;password=pw',
    'pgsql:host=db.example.com; port=5433 ;dbname = shop;; user=ann;password=pw; ',
    'DB_CONNECTION=pgsql\nDB_HOST=db.example.com\nDB_PORT=5433\nDB_DATABASE=shop\nDB_USERNAME=ann\nDB_PASSWORD=pw',
    'spring.datasource.url=jdbc:postgresql://db.example.com:5433/shop\nspring.datasource.username=ann\nspring.datasource.password=pw',
    "psql 'postgres://ann:pw@db.example.com:5433/shop'",
    '$ psql "host=db.example.com port=5433 user=ann dbname=shop password=\'pw\'"',
    'PGPASSWORD=pw psql -h db.example.com -p 5433 -U ann shop',
    "PGPASSWORD='pw' /usr/bin/psql -hdb.example.com -p5433 -Uann -dshop",
    'env PGPASSWORD="pw" psql --host=db.example.com --port 5433 --username=ann --dbname shop',
    'PGPASSWORD=pw psql -h db.example.com \\\n  -p 5433 \\\n  shop ann',
  ])('are read as the same connection: %s', (text) => {
    expect(inShort(text)).toBe('ann:pw@db.example.com:5433/shop verify-full');
  });

  it.each([
    ['postgres://db/shop', 'a connection URL'],
    ['jdbc:postgresql://db/shop', 'a JDBC URL'],
    ['host=db', 'a list of libpq keywords'],
    ['Host=db;Database=shop', 'a .NET connection string'],
    ['DATABASE_URL=postgres://db/shop', 'environment variables'],
    ['PGHOST=db', 'environment variables'],
    ['psql -h db', 'a psql command'],
  ])('are named: %s is %s', (text, form) => {
    expect(accepted(text).form).toBe(form);
  });

  it('are told from each other although a password holds the separator of another', () => {
    expect(inShort('host=db password=a;b user=ann')).toBe('ann:a;b@db:5432/ann verify-full');
    expect(inShort('Host=db;Password=a b=c;Username=ann')).toBe('ann:a b=c@db:5432/ann verify-full');
    expect(inShort('PGPASSWORD=postgres://x psql -h db -U ann')).toBe(
      'ann:postgres://x@db:5432/ann verify-full',
    );
  });

  it('say what was taken and what is a default', () => {
    const taken = (text: string) => [...accepted(text).taken];
    expect(taken('postgres://ann:pw@db/?connect_timeout=5&pool_size=3')).toEqual([
      ...['host', 'user', 'timeouts', 'pool', 'secrets'],
    ]);
    expect(taken('postgres://db/shop')).toEqual(['host', 'database']);
    expect(taken('postgres://ann@db:5432/shop?sslmode=require')).toEqual([
      ...['host', 'port', 'database', 'user', 'tlsMode'],
    ]);
    expect(taken('postgres://db/?sslrootcert=/ca.pem')).toEqual(['host', 'tlsMode', 'caFile']);
  });
});

describe('what real users pasted', () => {
  it.each([
    [
      'A1',
      'Host=localhost;Username=postgres;Password=S3cret;Database=mydb',
      'postgres:S3cret@localhost:5432/mydb disable',
    ],
    [
      'A1',
      'Host=localhost;Port=5432;Username=postgres;Password=S3cret;Database=mydb',
      'postgres:S3cret@localhost:5432/mydb disable',
    ],
    [
      'A1',
      'Server=db.example.com;Database=postgres;Port=5432;User Id=ann;Password=S3cret;Ssl Mode=Require;',
      'ann:S3cret@db.example.com:5432/postgres encrypt',
    ],
    ['A2', 'postgres://bob@db.example.com/b', 'bob:-@db.example.com:5432/b verify-full'],
    [
      'A4',
      'postgres://ann@srv:p@ss@srv.postgres.database.azure.com/postgres',
      'ann@srv:p@ss@srv.postgres.database.azure.com:5432/postgres verify-full',
    ],
    [
      'A4',
      'jdbc:postgresql://srv.postgres.database.azure.com:5432/postgres?user=ann@srv&password=S3cret&sslmode=require',
      'ann@srv:S3cret@srv.postgres.database.azure.com:5432/postgres encrypt',
    ],
    [
      'A4',
      'jdbc:postgresql://db.example.com:5432/shop?user=ann&password=p@ss',
      'ann:p@ss@db.example.com:5432/shop verify-full',
    ],
    ['A5', 'jdbc:postgresql://db.example.com/shop?ssl', ':-@db.example.com:5432/shop verify-full'],
    ['A6', 'postgres://ann@db.example.com/shop?sslmode=require&', 'ann:-@db.example.com:5432/shop encrypt'],
    [
      'A6',
      'postgres://ann@db.example.com/shop?sslmode=require&&connect_timeout=10',
      'ann:-@db.example.com:5432/shop encrypt',
    ],
    [
      'A6',
      'postgres://ann@db.example.com/shop?sslmode=require&sslmode=require',
      'ann:-@db.example.com:5432/shop encrypt',
    ],
    [
      'A7',
      "psql 'postgresql://ann:pw@db.example.com/shop?sslmode=require&channel_binding=require'",
      'ann:pw@db.example.com:5432/shop encrypt',
    ],
    [
      'A7',
      'psql postgresql://ann:pw@db.example.com/shop?connect_timeout=9&sslmode=require',
      'ann:pw@db.example.com:5432/shop encrypt',
    ],
    ['A7', 'psql -h db.example.com -p 5433 -U ann shop', 'ann:-@db.example.com:5433/shop verify-full'],
    [
      'A8',
      'postgresql+asyncpg://ann:pw@db.example.com/shop?ssl=require',
      'ann:pw@db.example.com:5432/shop encrypt',
    ],
    ['A10', 'postgres://ann:pw@localhost:5432/shop\u200b', 'ann:pw@localhost:5432/shop disable'],
    ['A11', 'postgres://ann@db.example.com', 'ann:-@db.example.com:5432/ann verify-full'],
    [
      'A12',
      'postgres://ann@db.example.com/shop?sslmode=require&sslrootcert=/etc/ca.pem',
      'ann:-@db.example.com:5432/shop verify-ca',
    ],
    ['A12', 'postgres://ann:pw@localhost/shop?sslrootcert=system', 'ann:pw@localhost:5432/shop verify-full'],
  ])('is right: %s %s', (_row, text, connection) => {
    expect(inShort(text)).toBe(connection);
  });

  it('has the limits that a JDBC URL names, and says which are left out (A5)', () => {
    const text = 'jdbc:postgresql://db.example.com/shop?connectTimeout=10&loginTimeout=10&socketTimeout=30';
    expect(accepted(text)).toMatchObject({ timeouts: { connectMs: 10_000 }, pool: {} });
    expect(accepted(text).leftOut).toEqual([{ name: 'socketTimeout', reason: 'not supported' }]);
  });
});

describe('a URL', () => {
  it.each([
    ['postgres://ann:p@ss@db/shop', 'p@ss'],
    ['postgres://ann:p%40%23%2F%3F%25@db/shop', 'p@#/?%'],
    ['postgres://ann:a+b:c@db/shop', 'a+b:c'],
    ['postgres://ann:%F0%9F%94%91@db/shop', '🔑'],
    ['postgres://db/shop?user=ann@srv&password=p@ss', 'p@ss'],
    ['postgres://ann:@db/shop', null],
    ['postgres://ann@db/shop', null],
  ])('gives its password to the letter: %s', (text, password) => {
    expect(accepted(text).secrets.password ?? null).toBe(password);
  });

  it.each([
    ['postgres://ann@[::1]:5433/shop', '[::1]'],
    ['postgres://ann@[fe80::1%eth0]/shop', '[fe80::1%eth0]'],
    ['postgres://ann@[fe80::1%25eth0]/shop', '[fe80::1%eth0]'],
    ['postgres://ann@0x7f.1/shop', '127.0.0.1'],
    ['postgres://ann@2130706433/shop', '127.0.0.1'],
    ['postgres://ann@bücher.example/shop', 'xn--bcher-kva.example'],
    ['hostaddr=10.0.0.7 user=ann', '10.0.0.7'],
    ['host=::1 user=ann', '::1'],
    ['Host=::1;Username=ann', '::1'],
    ['jdbc:postgresql:shop', 'localhost'],
    ['jdbc:postgresql:/shop', 'localhost'],
    ['jdbc:postgresql:///shop', 'localhost'],
  ])('knows its host: %s', (text, host) => {
    expect(accepted(text).values.host).toBe(host);
  });

  it('says so when the host is not what it looks like', () => {
    expect(accepted('postgres://ann@раураl.example/shop').notes.join()).toContain('xn--');
  });

  it('may hold a password as long as the token of a cloud', () => {
    const token = 'é/'.repeat(4_096);
    expect(accepted(`postgres://ann:${encodeURIComponent(token)}@db/shop`).secrets.password).toBe(token);
    expect(accepted(`Host=db;Password=${token}`).secrets.password).toBe(token);
  });
});

describe('a JDBC URL', () => {
  it('is decoded as pgjdbc decodes it', () => {
    expect(accepted('jdbc:postgresql://db/shop?password=a+b%2Bc=d#e?f/g:h').secrets.password).toBe(
      'a b+c=d#e?f/g:h',
    );
    expect(accepted('jdbc:postgresql://db/two+words').values.database).toBe('two words');
  });

  it('has a log-in limit that counts before that of the socket, and zero for none', () => {
    const connectMs = (query: string) => accepted(`jdbc:postgresql://db/shop?${query}`).timeouts.connectMs;
    expect(connectMs('connectTimeout=5&loginTimeout=20')).toBe(20_000);
    expect(connectMs('connectTimeout=5&loginTimeout=0')).toBe(5_000);
    expect(connectMs('connectTimeout=0')).toBe(300_000);
  });

  it('can ask for a read-only connection', () => {
    expect(accepted('jdbc:postgresql://db/shop?readOnly=true').readOnly).toBe(true);
    expect(accepted('jdbc:postgresql://db/shop?readOnly=false').readOnly).toBe(false);
  });
});

describe('a list of settings', () => {
  it.each([
    [String.raw`host=db password='it\'s \\ two words'`, String.raw`it's \ two words`],
    [String.raw`host=db password=a\ b\\c`, String.raw`a b\c`],
    ["host=db password=it's", "it's"],
    ['Host=db;Password="a;b""c"', 'a;b"c'],
    ["Host=db;Password='a;b''c'", "a;b'c"],
    ['Host=db;Password= a=b ;Username=ann', 'a=b'],
    ['Host=db;Password=a"b', 'a"b'],
  ])('has its password by its own rules of quoting: %s', (text, password) => {
    expect(accepted(text).secrets.password ?? null).toBe(password);
  });

  it('has the limits that .NET names, in its units', () => {
    const text =
      'Host=db;Timeout=15;Command Timeout=0;MinPoolSize=1;Maximum Pool Size=20;ConnectionIdleLifetime=300';
    expect(accepted(text)).toMatchObject({
      timeouts: { connectMs: 15_000, queryMs: 86_400_000 },
      pool: { min: 1, max: 20, idleTimeoutMs: 300_000 },
    });
  });
});

describe('environment variables', () => {
  it.each([
    [String.raw`DATABASE_URL="postgres://ann:a\$b@db/shop"`, 'a$b'],
    ['PGHOST=db\nPGPASSWORD=\'a "b" #c\'', 'a "b" #c'],
    ['PGHOST=db\nPGPASSWORD=a=b;c', 'a=b;c'],
    ["PGHOST=db\nPGPASSWORD=a'b'", "a'b'"],
    ['PGHOST=db\nPGPASSWORD=pw  # c', 'pw'],
  ])('give their password without quotes and comments: %s', (text, password) => {
    expect(accepted(text).secrets.password ?? null).toBe(password);
  });

  it('add to a URL what it leaves open', () => {
    expect(inShort('DATABASE_URL=postgres://ann@db/shop\nPGPASSWORD=pw\nPGUSER=bob')).toBe(
      'ann:pw@db:5432/shop verify-full',
    );
  });

  it.each([
    'postgres://ann@db/shop',
    'jdbc:postgresql://db/shop',
    'pgsql:host=db;;dbname=shop; ',
    'DATABASE_URL=postgres://ann@db/shop',
    'DB_CONNECTION=pgsql\nDB_HOST=db\nDB_PORT=5432',
    'env PGPASSWORD=pw psql -h db',
  ])('hold no setting that is unknown: %j', (text) => {
    expect(accepted(text).notes).toEqual([]);
  });
});

describe('a psql command', () => {
  it.each([
    ["psql -h db -c 'select 1' -U ann shop", 'ann:-@db:5432/shop verify-full'],
    ['psql -XAtc "select 1" -h db shop ann | less', 'ann:-@db:5432/shop verify-full'],
    ['psql -h other -U bob "postgres://ann@db/shop" > out.txt', 'ann:-@db:5432/shop verify-full'],
    ['psql -d "dbname=shop host=db" -U ann', 'ann:-@db:5432/shop verify-full'],
    ["psql postgres://ann:it\\'s@db/shop", "ann:it's@db:5432/shop verify-full"],
    ['PGUSER=ann PGSSLMODE=require psql -h db -- -odd', 'ann:-@db:5432/-odd encrypt'],
    ['psql.exe -h db -U ann', 'ann:-@db:5432/ann verify-full'],
  ])('is taken apart as psql does it: %s', (text, connection) => {
    expect(inShort(text)).toBe(connection);
  });

  it('says that other options were left out', () => {
    expect(namesLeftOut('psql -h db -c "select 1"')).toEqual(['other options of psql']);
    expect(namesLeftOut('psql -h db')).toEqual([]);
  });
});

describe('limits in a text', () => {
  it('are only those that it names', () => {
    expect(accepted('postgres://db/shop?connect_timeout=10').timeouts).toEqual({ connectMs: 10_000 });
    expect(accepted('postgres://db/shop')).toMatchObject({ timeouts: {}, pool: {} });
  });

  it.each([
    ['connect_timeout=5', { connectMs: 5_000 }, 0],
    ['connect_timeout=0', { connectMs: 300_000 }, 1],
    ['connect_timeout=-1', { connectMs: 300_000 }, 1],
    ['statement_timeout=0', { queryMs: 86_400_000 }, 1],
    ['statement_timeout=5', { queryMs: 1_000 }, 1],
    ['connect_timeout=999999999999', { connectMs: 300_000 }, 1],
    ['connect_timeout=1.25', { connectMs: 1_250 }, 0],
  ])('stay within what is allowed, and it is said: %s', (setting, expected, noteCount) => {
    const { timeouts, notes } = accepted(`postgres://db/shop?${setting}`);
    expect(timeouts).toEqual(expected);
    expect(notes).toHaveLength(noteCount);
  });
});

describe('a pool in a text', () => {
  it.each([
    ['pool_size=5', 5, 0],
    ['pool_size=1000', 100, 1],
    ['pool_size=0', 1, 1],
  ])('stays within what is allowed, and it is said: %s', (setting, max, noteCount) => {
    const { pool, notes } = accepted(`postgres://db/shop?${setting}`);
    expect(pool).toEqual({ max });
    expect(notes).toHaveLength(noteCount);
  });
});

describe('several hosts', () => {
  it.each([
    'postgresql://ann@a:5433,b/shop?target_session_attrs=primary',
    'jdbc:postgresql://a:5433,b/shop?user=ann&targetServerType=master',
    'host=a,b port=5433, dbname=shop user=ann target_session_attrs=primary',
    'PGHOST=a,b PGPORT=5433, PGDATABASE=shop PGUSER=ann PGTARGETSESSIONATTRS=primary',
    "psql 'host=a,b port=5433,5432 dbname=shop user=ann target_session_attrs=primary'",
  ])('are read in their order, a missing port as the usual one: %s', (text) => {
    const { values, taken } = accepted(text);
    expect(values).toMatchObject({
      ...{ transport: 'tcp', host: 'a', port: '5433', otherHosts: 'b\t5432', targetSession: 'primary' },
      ...{ user: 'ann', tlsMode: 'verify-full' },
    });
    expect(taken.has('otherHosts')).toBe(true);
  });

  it('have one port in common where the text has one', () => {
    const { values } = accepted('host=localhost,[::1] port=6432 dbname=shop load_balance_hosts=random');
    expect(values).toMatchObject({ port: '6432', otherHosts: '[::1]\t6432', balanceHosts: 'on' });
    expect(values.tlsMode).toBe('disable');
  });
});

describe('a local socket', () => {
  it.each([
    ['host=/var/run/postgresql dbname=shop', '/var/run/postgresql', '5432'],
    ['postgresql:///shop?host=/tmp&port=5433', '/tmp', '5433'],
    ['postgres://%2Ftmp:5433/shop', '/tmp', '5433'],
    ['psql -h /tmp -p 5433 shop', '/tmp', '5433'],
  ])('is the folder in which the server keeps it: %s', (text, socketFolder, port) => {
    const { values, taken } = accepted(text);
    expect(values).toMatchObject({ transport: 'socket', socketFolder, port, tlsMode: 'disable' });
    expect([...taken]).toEqual(expect.arrayContaining(['transport', 'socketFolder']));
  });

  it('says that it is not encrypted where the text asks for that', () => {
    expect(accepted('host=/tmp dbname=shop sslmode=verify-full').notes).toEqual([
      expect.stringContaining('A local socket is not encrypted'),
    ]);
  });
});

describe('what a text names and Mooring does not take', () => {
  it.each([
    'sslkey=/home/ann/key',
    'sslcert=/home/ann/cert',
    'passfile=/home/ann/.pgpass',
    'service=prod-service',
    'options=-c%20x%3Dy',
    'replication=poison',
    'gssencmode=require',
  ])('is told by its name, and its value is not repeated or read: %s', (setting) => {
    const [name = '', value = ''] = setting.split('=');
    const { leftOut, notes, values } = accepted(`postgres://db/shop?${setting}`);
    expect(JSON.stringify([leftOut, notes])).toMatch(name);
    expect(JSON.stringify([leftOut, notes, values])).not.toContain(decodeURIComponent(value));
  });

  it('is told where another setting counts instead, or none', () => {
    expect(namesLeftOut('host=db hostaddr=10.0.0.7')).toEqual(['hostaddr']);
    expect(namesLeftOut('hostaddr=10.0.0.7')).toEqual([]);
    expect(namesLeftOut('host=db gssencmode=prefer')).toEqual(['gssencmode']);
  });

  it('is only counted when nobody knows it', () => {
    const reading = accepted('host=db password=my secretpart=x');
    expect(reading).toMatchObject({ leftOut: [], notes: ['One unknown setting was left out.'] });
    for (const text of ['host=db one=1 two=2', 'DATABASE_URL=postgres://db/shop?one=1\nTWO=2']) {
      expect(accepted(text).notes).toEqual(['2 unknown settings were left out.']);
    }
  });
});

describe('a text that cannot be used', () => {
  it.each([
    ['', 'nothing'],
    [' \u200b\n', 'nothing'],
    ['just words', 'not the address'],
    ['mssql://ann:pw@db/shop', 'not the address'],
    ['jdbc:oracle:thin:@db', 'not the address'],
    ['ftp://db/shop', 'not the address'],
    ['javascript:alert(1)', 'not the address'],
    ['file:///etc/passwd', 'not the address'],
    [`postgres://${'x'.repeat(300_000)}`, 'too long'],
    ['postgres://ann:p#x@db/shop', 'ambiguous'],
    ['postgres://ann:p/x@db/shop', 'ambiguous'],
    ['postgres://ann:p?x@db/shop', 'ambiguous'],
    ['postgres://ann:1?user=x@db/shop', 'ambiguous'],
    ['postgres://ann:5/x@db/shop', 'ambiguous'],
    ['postgres://ann:p%zz@db/shop', 'ambiguous'],
    ['postgres://ann:100%@db/shop', 'ambiguous'],
    ['postgres://ann:%ff@db/shop', 'ambiguous'],
    ['jdbc:postgresql://ann:p/x@db/shop', 'ambiguous'],
    ['jdbc:postgresql://ann:p/x@db', 'ambiguous'],
    ['jdbc:postgresql://db/a/b', 'ambiguous'],
    ['postgres://ann:p?x@db', 'ambiguous'],
    ['postgres://ann:p?x=1&y@db', 'ambiguous'],
    ['postgres://db/shop?host=evil', 'twice'],
    ['postgres://ann:pw@db/shop?password=other', 'twice'],
    ['postgres://db/shop?sslmode=disable&sslmode=require', 'twice'],
    ['Host=db;Server=other', 'twice'],
    ['PGHOST=db PGHOST=other', 'twice'],
    ['A=postgres://one/a\nB=postgres://two/b', 'several connections'],
    ['postgres://db/shop?sslmode=bogus', 'TLS mode'],
    ['postgres://db/shop?ssl=bogus', 'TLS mode'],
    ['postgres://db:0/shop', 'port'],
    ['postgres://db:99999/shop', 'port'],
    ['postgres://db:abc/shop', 'port'],
    ['postgres://db:1.5/shop', 'port'],
    ['Host=db;Port=1e3', 'port'],
    ['Host=h1,h2;Database=shop', 'several hosts'],
    ['postgres:///shop', 'no host'],
    ['dbname=shop', 'no host'],
    ['Database=shop;Username=ann', 'no host'],
    ['psql -U ann shop', 'no host'],
    ['DB_HOST=h1,h2 DB_PORT=5432', 'several hosts'],
    ['host=h1,1433 dbname=shop', 'a number in the place of a host'],
    ['host=h1,h2 port=1,2,3 dbname=shop', 'another number of ports'],
    ['host=@postgresql dbname=shop', 'abstract local socket'],
    ['host=/tmp,h2 dbname=shop', 'one of them a local socket'],
    [`host=${'h,'.repeat(8)}h dbname=shop`, 'more than 8 hosts'],
    ['host=h1 target_session_attrs=master dbname=shop', 'kind of server'],
    ['service=prod', 'service of pg_service.conf'],
    ['postgres://::1/shop', 'host cannot'],
    ['postgres://ann@db/sh%00op', 'control characters'],
    ['postgres://an%00n@db/shop', 'control characters'],
    ['postgres://ann:p%00w@db/shop', 'NUL'],
    ['postgres://ann@db/sh%E2%80%8Bop', 'invisible character (U+200B)'],
    ['postgres://ann@db/sh%C2%A0op', 'unusual space (U+00A0)'],
    ['postgres://ann@d\u200bb/shop', 'invisible character (U+200B)'],
    [`postgres://ann@db/${'x'.repeat(64)}`, '63 bytes'],
    [`postgres://ann@${'x'.repeat(254)}/shop`, '253 characters'],
    [`postgres://ann:${'x'.repeat(16_385)}@db/shop`, '16,384'],
    ['postgres://ann:\ud800@db/shop', 'Password'],
    ["host=db password='open", 'list of settings'],
    ['Host=db;Password="open', 'list of settings'],
    ["psql -h db 'open", 'not closed'],
    ["PGHOST=db PGPASSWORD='open", 'not closed'],
    ["PGHOST=db\nPGPASSWORD='open", 'not closed'],
    ["PGHOST=db\nPGPASSWORD='a'b", 'not closed'],
    ['postgres://ann@256.1.1.1/shop', 'not a valid name'],
    ['psql "postgres://ann:$PASSWORD@db/shop"', 'variable'],
    ['postgres://db/shop?connect_timeout=soon', 'not a number'],
    ['postgres://db/shop?connect_timeout=5s', 'not a number'],
    ['postgres://db/shop?connect_timeout=x5', 'not a number'],
    ['jdbc:postgresql://db:5432/shopuser=ann&password=pw', 'another setting'],
  ])('is refused with a reason: %j', (text, words) => {
    expect(readAny(text)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });
});
