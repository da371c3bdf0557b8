import { describe, expect, it } from 'vitest';
import { accepted, inShort, readAny, reported } from '../../../../../tests/support/connectionTexts.ts';

const namesLeftOut = (text: string) => accepted(text).leftOut.map(({ name }) => name);

describe('the spellings of a connection to MySQL or MariaDB', () => {
  it.each([
    'mysql://ann:pw@db.example.com:3307/shop',
    'mariadb://ann:pw@db.example.com:3307/shop',
    'mysql2://ann:pw@db.example.com:3307/shop',
    'mysqli://ann:pw@db.example.com:3307/shop',
    'mysql+pymysql://ann:pw@db.example.com:3307/shop?charset=utf8mb4',
    'mysql+mysqldb://ann:pw@db.example.com:3307/shop',
    'mysql+mysqlconnector://ann:pw@db.example.com:3307/shop',
    'mysql+aiomysql://ann:pw@db.example.com:3307/shop',
    'mysql+asyncmy://ann:pw@db.example.com:3307/shop',
    'mariadb+mariadbconnector://ann:pw@db.example.com:3307/shop',
    'r2dbc:mysql://ann:pw@db.example.com:3307/shop',
    'r2dbc:pool:mariadb://ann:pw@db.example.com:3307/shop',
    '"mysql://ann:pw@DB.example.com:3307/shop"',
    'jdbc:mysql://db.example.com:3307/shop?user=ann&password=pw',
    'jdbc:mariadb://db.example.com:3307/shop?user=ann&password=pw',
    'jdbc:mysql://ann:pw@db.example.com:3307/shop',
    'Server=db.example.com;Port=3307;Database=shop;Uid=ann;Pwd=pw;',
    'Data Source=db.example.com;port=3307;Initial Catalog=shop;User Id=ann;Password="pw";CharSet=utf8',
    'Server=db.example.com:3307;Database=shop;Uid=ann;Pwd=pw',
    'Driver={MySQL ODBC 9.0 Unicode Driver};Server=db.example.com;Port=3307;Database=shop;User=ann;Password=pw;Option=3;',
    'ann:pw@tcp(db.example.com:3307)/shop',
    'ann:pw@tcp4(db.example.com:3307)/shop?parseTime=true&loc=Europe/Berlin&charset=utf8mb4',
    'mysql://ann:pw@tcp(db.example.com:3307)/shop',
    'mysql:host=db.example.com;port=3307;dbname=shop;user=ann;password=pw;charset=utf8mb4',
    'DATABASE_URL="mysql://ann:pw@db.example.com:3307/shop"',
    'export MYSQL_URL=mysql://ann:pw@db.example.com:3307/shop',
    'DSN="ann:pw@tcp(db.example.com:3307)/shop"',
    'dsn: ann:pw@tcp(db.example.com:3307)/shop',
    "DATABASE_DSN='mysql:host=db.example.com;port=3307;dbname=shop;user=ann;password=pw'",
    'ConnectionStrings__Default=Server=db.example.com;Port=3307;Database=shop;Uid=ann;Pwd=pw',
    'MYSQL_HOST=db.example.com\nMYSQL_PORT=3307\nMYSQL_DATABASE=shop\nMYSQL_USER=ann\nMYSQL_PASSWORD=pw',
    'MARIADB_HOST=db.example.com MARIADB_PORT=3307 MARIADB_DATABASE=shop MARIADB_USER=ann MARIADB_PASSWORD=pw',
    'MYSQLHOST=db.example.com\nMYSQLPORT=3307\nMYSQLDATABASE=shop\nMYSQLUSER=ann\nMYSQLPASSWORD=pw',
    'DB_CONNECTION=mysql\nDB_HOST=db.example.com\nDB_PORT=3307\nDB_DATABASE=shop\nDB_USERNAME=ann\nDB_PASSWORD=pw',
    'DB_ENGINE=django.db.backends.mysql\nDB_HOST=db.example.com\nDB_PORT=3307\nDB_NAME=shop\nDB_USER=ann\nDB_PASS=pw',
    'spring.datasource.url=jdbc:mysql://db.example.com:3307/shop\nspring.datasource.username=ann\nspring.datasource.password=pw\nspring.datasource.driver-class-name=com.mysql.cj.jdbc.Driver',
    'mysql -h db.example.com -P 3307 -u ann -ppw shop',
    '$ mysql -hdb.example.com -P3307 -uann --password=pw -D shop',
    'mariadb --host=db.example.com --port 3307 --user=ann --pass=pw --database=shop',
    '/usr/bin/mysql --host db.example.com --port=3307 --user ann -ppw shop -e "select 1"',
    "MYSQL_PWD='pw' mysql -h db.example.com -P 3307 -u ann shop < dump.sql",
    'mysql.exe --host=db.example.com \\\n  --port=3307 -uann -ppw \\\n  shop',
  ])('are read as the same connection: %s', (text) => {
    expect(accepted(text).kind).toBe('mysql');
    expect(inShort(text)).toBe('ann:pw@db.example.com:3307/shop verify-full');
  });

  it.each([
    ['mysql://db/shop', 'a connection URL'],
    ['jdbc:mariadb://db/shop', 'a JDBC URL'],
    ['Server=db;Uid=ann', 'a .NET connection string'],
    ['ann@tcp(db)/shop', 'a data source name of Go'],
    ['mysql:host=db', 'a PDO data source name'],
    ['MYSQL_HOST=db', 'environment variables'],
    ['mysql -h db', 'a mysql command'],
  ])('are named: %s is %s', (text, form) => {
    expect(accepted(text).form).toBe(form);
  });

  it('name no database unless the text does, since none is needed', () => {
    expect(inShort('mysql://ann@db.example.com')).toBe('ann:-@db.example.com:3306/ verify-full');
  });

  it('give every field of the address, and say what was taken and what is a default', () => {
    const { values, taken } = accepted('mysql://ann:pw@db/?connect-timeout=5&connection_limit=3');
    expect(values).toEqual({
      ...{ transport: 'tcp', host: 'db', port: '3306', socketPath: '' },
      ...{ otherHosts: '', balanceHosts: '' },
      ...{ database: '', user: 'ann', tlsMode: 'verify-full', caPem: '' },
    });
    expect([...taken]).toEqual(['host', 'user', 'timeouts', 'pool', 'secrets']);
    expect([...accepted('mysql://db:3306/shop?compress=true&ssl=true').taken]).toEqual([
      ...['host', 'port', 'database', 'tlsMode', 'compression'],
    ]);
  });
});

it.each(['jdbc:mysql://(host=a,port=1),(host=b,port=1)/shop', 'jdbc:mysql://address=(host=a)(port=1)/shop'])(
  'takes no JDBC URL that may be for several hosts: %s',
  (text) => {
    expect(readAny(text)).toMatchObject({ ok: false, message: expect.stringContaining('several hosts') });
  },
);

describe('several hosts', () => {
  const hostsOf = (text: string) => {
    const { host, port, otherHosts, balanceHosts } = accepted(text).values;
    return [`${host}:${port}`, otherHosts, balanceHosts];
  };

  it.each([
    ['mysql://ann@a:3307,b/shop', ['a:3307', 'b\t3306', '']],
    ['jdbc:mysql://a,b:3308/shop', ['a:3306', 'b\t3308', '']],
    ['jdbc:mariadb:sequential://a,b,c/shop', ['a:3306', 'b\t3306\nc\t3306', '']],
    ['jdbc:mysql:loadbalance://a,b/shop', ['a:3306', 'b\t3306', 'on']],
    ['jdbc:mariadb:load-balance://a,b/shop', ['a:3306', 'b\t3306', 'on']],
    ['mysql -h a,b -u ann shop', ['a:3306', 'b\t3306', '']],
  ])('are tried in their order, or in one of chance: %s', (text, expected) => {
    expect(hostsOf(text)).toEqual(expected);
  });

  it('are encrypted where one of them is not on this computer', () => {
    expect(accepted('mysql://ann@localhost,127.0.0.1/shop').values.tlsMode).toBe('disable');
    expect(accepted('mysql://ann@localhost,db.example.com/shop').values.tlsMode).toBe('verify-full');
  });
});

describe('a data source name of Go', () => {
  it('without an address is for this computer', () => {
    expect(inShort('ann:pw@/shop')).toBe('ann:pw@127.0.0.1:3306/shop disable');
    expect(accepted('ann:pw@/shop').form).toBe('a data source name of Go');
  });

  it.each(['x5s', '5sx', '5 s'])('has no duration such as %j', (timeout) => {
    expect(readAny(`ann@tcp(db)/shop?timeout=${timeout}`)).toMatchObject({
      ok: false,
      message: expect.stringContaining('not a number'),
    });
  });
});

describe('a .NET connection string for MySQL', () => {
  it.each([
    ['Server=db;Uid=ann;Pwd=a:5', 'ann:a:5@db:3306/ verify-full'],
    ['Server=fe80::1:5;Uid=ann', 'ann:-@fe80::1:5:3306/ verify-full'],
    ['Server=[fe80::1]:3307;Uid=ann', 'ann:-@[fe80::1]:3307/ verify-full'],
  ])('has a port behind the colon of its host alone: %s', (text, connection) => {
    expect(inShort(text)).toBe(connection);
  });
});

describe('what real users pasted for MySQL', () => {
  it.each([
    ['M01', 'mysql://ann:a+b%40c%25d%3A%23@127.0.0.1:3306/shop', 'ann:a+b@c%d:#@127.0.0.1:3306/shop disable'],
    ['M01', 'mysql://ann:p@ss^w@db.example.com:3306/shop', 'ann:p@ss^w@db.example.com:3306/shop verify-full'],
    [
      'M02',
      'mysql://ann%40shopsrv:S3cret@shopsrv.mysql.database.azure.com:3306/shop',
      'ann@shopsrv:S3cret@shopsrv.mysql.database.azure.com:3306/shop verify-full',
    ],
    [
      'M02',
      'mysql://ann@shopsrv:S3cret@shopsrv.mysql.database.azure.com:3306/shop',
      'ann@shopsrv:S3cret@shopsrv.mysql.database.azure.com:3306/shop verify-full',
    ],
    [
      'M02',
      'jdbc:mysql://shopsrv.mysql.database.azure.com:3306/shop?user=ann@shopsrv&password=S3cret&useSSL=true&requireSSL=false',
      'ann@shopsrv:S3cret@shopsrv.mysql.database.azure.com:3306/shop verify-full',
    ],
    [
      'M02',
      'ann@shopsrv:S3cret@tcp(shopsrv.mysql.database.azure.com:3306)/shop?tls=true',
      'ann@shopsrv:S3cret@shopsrv.mysql.database.azure.com:3306/shop verify-full',
    ],
    [
      'M02',
      'Server=shopsrv.mysql.database.azure.com; Port=3306; Database=shop; Uid=ann@shopsrv; Pwd=S3cret; SslMode=Preferred;',
      'ann@shopsrv:S3cret@shopsrv.mysql.database.azure.com:3306/shop encrypt',
    ],
    [
      'M02',
      'Server="shopsrv.mysql.database.azure.com";UserID = "ann";Password="S3cret";Database="shop";SslMode=MySqlSslMode.Required;SslCa="{path_to_CA_cert}";',
      'ann:S3cret@shopsrv.mysql.database.azure.com:3306/shop verify-ca',
    ],
    [
      'M03',
      'mysql://avnadmin:S3cret@mysql-1.example.aivencloud.com:12691/defaultdb?ssl-mode=REQUIRED',
      'avnadmin:S3cret@mysql-1.example.aivencloud.com:12691/defaultdb encrypt',
    ],
    ['M34', 'mysql://root@127.0.0.1/LShop', 'root:-@127.0.0.1:3306/LShop disable'],
  ])('is right: %s %s', (_row, text, connection) => {
    expect(inShort(text)).toBe(connection);
  });

  const settings =
    'serverTimezone=Europe%2FBerlin&allowPublicKeyRetrieval=true&characterEncoding=UTF-8&zeroDateTimeBehavior=convertToNull&tinyInt1isBit=false';

  it.each(['mysql', 'mariadb'])(
    'leaves out what is not about the connection, and says so (M05, %s)',
    (product) => {
      const text = `jdbc:${product}://localhost:3306/shop?useSSL=false&${settings}`;
      expect(inShort(text)).toBe(':-@localhost:3306/shop disable');
      expect(namesLeftOut(text)).toEqual(settings.split('&').map((setting) => setting.replace(/=.*/, '')));
      expect(accepted(text).values).not.toHaveProperty('timeZone');
      expect(accepted(text).notes).toEqual([]);
    },
  );

  it('encrypts without a check when the text rules the check out (M05 c)', () => {
    const text = 'jdbc:mysql://db/shop?useSSL=true&requireSSL=true&verifyServerCertificate=false';
    expect(accepted(text).values.tlsMode).toBe('encrypt');
  });

  it.each([
    'mysql://ann:p#S3cret@db/shop',
    'mysql://ann:p/S3cret@db/shop',
    'mysql://ann:p?S3cret@db/shop',
    'mysql://ann:S3cret%zz@db/shop',
    'mysql://ann:S3cret@db:S3cret/shop',
    'jdbc:mysql://ann:p/S3cret@db/shop',
    'jdbc:mysql://db:3306/shopuser=ann&password=S3cret',
    'mysql -u ann -p S3cret shop',
    'mysqlx://ann:S3cret@db/shop',
    'mysql://ann:S3cret@db/shop?connect-timeout=5&connectTimeout=5',
    'Server=db;Uid=ann;Pwd="S3cret',
  ])('has no part of its password in what is reported (M01): %s', (text) => {
    expect(readAny(text).ok).toBe(false);
    expect(reported(text)).not.toContain('S3cret');
  });
});

describe('a local socket', () => {
  it.each([
    'mysql://root@localhost/shop?socket=/run/mysqld/mysqld.sock',
    'mysql://root@localhost/shop?socketPath=/run/mysqld/mysqld.sock',
    'mysql://root@localhost/shop?unix_socket=/run/mysqld/mysqld.sock',
    'mysql+pymysql://root@/shop?unix_socket=/run/mysqld/mysqld.sock',
    'mysql://root@localhost:3306/shop?unixSocket=%2Frun%2Fmysqld%2Fmysqld.sock',
    'mysql://root@%2Frun%2Fmysqld%2Fmysqld.sock/shop',
    'jdbc:mariadb://localhost/shop?user=root&localSocket=/run/mysqld/mysqld.sock',
    'root@unix(/run/mysqld/mysqld.sock)/shop',
    'mysql:unix_socket=/run/mysqld/mysqld.sock;dbname=shop;user=root',
    'Server=/run/mysqld/mysqld.sock;Protocol=unix;Uid=root;Database=shop',
    'DB_CONNECTION=mysql\nDB_HOST=localhost:/run/mysqld/mysqld.sock\nDB_USER=root\nDB_NAME=shop',
    'DB_CONNECTION=mysql\nDB_SOCKET=/run/mysqld/mysqld.sock\nDB_USER=root\nDB_NAME=shop',
    'MYSQL_HOST=localhost\nMYSQL_UNIX_PORT=/run/mysqld/mysqld.sock\nMYSQL_USER=root\nMYSQL_DATABASE=shop',
    'mysql -S /run/mysqld/mysqld.sock -u root shop',
    'mysql --socket=/run/mysqld/mysqld.sock -uroot --protocol=socket shop',
    'mariadb --sock=/run/mysqld/mysqld.sock -h localhost -uroot shop',
  ])('is used and never left for TCP (M06): %s', (text) => {
    expect(inShort(text)).toBe('root:-@/run/mysqld/mysqld.sock/shop disable');
    expect(accepted(text).values).toMatchObject({ transport: 'socket', host: 'localhost', port: '3306' });
    expect(accepted(text).taken.has('socketPath')).toBe(true);
  });

  it.each([
    ['mysql://root@localhost:/run/mysqld/mysqld.sock/shop', 'where its path ends'],
    ['mysql://root@db.example.com/shop?socket=/run/mysqld/mysqld.sock', 'a host and a local socket'],
    ['mysql -h db.example.com -S /run/mysqld/mysqld.sock', 'a host and a local socket'],
    ['mysql --protocol=SOCKET -u root shop', 'not to its path'],
    ['root@unix()/shop', 'not to its path'],
    ['mysql://root@localhost/shop?socket=mysqld.sock', 'absolute path'],
    [`mysql://root@localhost/shop?socket=/${'x'.repeat(107)}`, '107 characters'],
    ['Server=.;Protocol=memory;Uid=root', 'shared memory'],
    ['mysql -h db.example.com --protocol=PIPE -u root', 'a host and a local socket'],
  ])('is refused in words where it cannot be used: %s', (text, words) => {
    expect(readAny(text)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });

  it('has no TLS, and it is said when the text asks for it', () => {
    const { values, notes } = accepted('mysql://root@localhost/shop?socket=/s.sock&ssl-mode=VERIFY_IDENTITY');
    expect(values.tlsMode).toBe('disable');
    expect(notes).toEqual([expect.stringContaining('does not leave this computer')]);
    for (const query of ['socket=/s.sock', 'socket=/s.sock&ssl-mode=DISABLED']) {
      expect(accepted(`mysql://root@localhost/shop?${query}`).notes).toEqual([]);
    }
  });

  it('is left alone where the text asks for TCP', () => {
    expect(inShort('mysql -h 127.0.0.1 --protocol=tcp -S /s.sock shop')).toBe(
      ':-@127.0.0.1:3306/shop disable',
    );
  });

  it('is what the client would have used for localhost, and it is said that Mooring does not', () => {
    for (const command of ['mysql -u root shop', 'mysql -h localhost -u root shop']) {
      expect(inShort(command)).toBe('root:-@localhost:3306/shop disable');
      expect(accepted(command).notes).toEqual([expect.stringContaining('local socket')]);
    }
    expect(accepted('mysql -h localhost --protocol=tcp -u root').notes).toEqual([]);
    expect(accepted('mysql -h 127.0.0.1 -u root').notes).toEqual([]);
  });
});

describe('the TLS mode of a text for MySQL', () => {
  it.each([
    ['ssl-mode=REQUIRED', 'encrypt'],
    ['ssl-mode=VERIFY_CA', 'verify-ca'],
    ['ssl-mode=VERIFY_IDENTITY', 'verify-full'],
    ['ssl-mode=DISABLED', 'disable'],
    ['ssl-mode=PREFERRED', 'encrypt'],
    ['sslMode=REQUIRED', 'encrypt'],
    ['sslmode=verify_identity', 'verify-full'],
    ['ssl_mode=DISABLED', 'disable'],
    ['ssl=true', 'verify-full'],
    ['ssl=false', 'disable'],
    ['ssl={"rejectUnauthorized":true}', 'verify-full'],
    ['ssl=%7B%22rejectUnauthorized%22%3Afalse%7D', 'encrypt'],
    ['ssl=Amazon%20RDS', 'verify-full'],
    ['sslaccept=strict', 'verify-full'],
    ['sslaccept=accept_invalid_certs&ssl=true', 'encrypt'],
    ['ssl_ca=/etc/ca.pem', 'verify-ca'],
    ['ssl_ca=/etc/ca.pem&ssl_verify_cert=true&ssl_verify_identity=true', 'verify-full'],
    ['ssl_ca=/etc/ca.pem&ssl_check_hostname=false', 'verify-ca'],
    ['ssl_disabled=true', 'disable'],
    ['sslcert=./ca.pem', 'verify-ca'],
    ['requireSSL=true', 'encrypt'],
    ['useSSL=false&requireSSL=true', 'encrypt'],
    ['useSSL=true&requireSSL=false', 'verify-full'],
    ['useSSL=true&verifyServerCertificate=false', 'encrypt'],
    ['useSSL=false&verifyServerCertificate=true', 'disable'],
    ['', 'disable'],
  ])('of localhost with %s is %s', (query, mode) => {
    expect(accepted(`mysql://localhost/shop?${query}`).values.tlsMode).toBe(mode);
  });

  it.each([
    ['SslMode=None', 'disable'],
    ['SslMode=Preferred', 'encrypt'],
    ['SSL Mode=Required', 'encrypt'],
    ['Ssl-Mode=VerifyCA', 'verify-ca'],
    ['SslMode=VerifyFull', 'verify-full'],
    ['SslMode=Required;SslCa=/ca.pem', 'verify-ca'],
  ])('of .NET with %s is %s', (settings, mode) => {
    expect(accepted(`Server=localhost;Uid=ann;${settings}`).values.tlsMode).toBe(mode);
  });

  it.each([
    ['--ssl-mode=REQUIRED', 'encrypt'],
    ['--ssl_mode VERIFY_IDENTITY', 'verify-full'],
    ['--ssl', 'verify-full'],
    ['--ssl=0', 'disable'],
    ['--skip-ssl', 'disable'],
    ['--ssl --skip-ssl-verify-server-cert', 'encrypt'],
    ['--ssl-verify-server-cert', 'verify-full'],
    ['--ssl-ca=/ca.pem', 'verify-ca'],
    ['', 'disable'],
  ])('of the client with %s is %s', (option, mode) => {
    expect(accepted(`mysql -h 127.0.0.1 ${option} shop`).values.tlsMode).toBe(mode);
  });

  it.each([
    ['tls=true', 'verify-full'],
    ['tls=false', 'disable'],
    ['tls=skip-verify', 'encrypt'],
    ['tls=preferred', 'encrypt'],
  ])('of Go with %s is %s', (parameter, mode) => {
    expect(accepted(`ann@tcp(localhost)/shop?${parameter}`).values.tlsMode).toBe(mode);
  });

  it.each([
    'mysql://db/shop?ssl-mode=PREFERRED',
    'Server=db;Uid=ann;SslMode=Preferred',
    'ann@tcp(db)/shop?tls=preferred',
    'mysql -h db --ssl-mode=PREFERRED',
  ])('never falls back to plain text, and it is said: %s', (text) => {
    const { values, notes } = accepted(text);
    expect(values.tlsMode).toBe('encrypt');
    expect(notes).toEqual([expect.stringContaining('never falls back')]);
  });
});

describe('limits and settings of a text for MySQL', () => {
  it.each([
    ['mysql://db/shop?connect_timeout=10', { connectMs: 10_000 }],
    ['mysql://db/shop?connectTimeout=10000', { connectMs: 10_000 }],
    ['jdbc:mysql://db/shop?connectTimeout=5000', { connectMs: 5_000 }],
    ['ann@tcp(db)/shop?timeout=1.25s', { connectMs: 1_250 }],
    [
      'Server=db;Uid=ann;ConnectionTimeout=15;Default Command Timeout=0',
      { connectMs: 15_000, queryMs: 86_400_000 },
    ],
    ['ann@tcp(db)/shop?timeout=1m30s&readTimeout=5s', { connectMs: 90_000 }],
    ['ann@tcp(db)/shop?timeout=1500ms', { connectMs: 1_500 }],
    ['mysql -h db --connect-timeout=7', { connectMs: 7_000 }],
    ['mysql://db/shop', {}],
  ])('are those that it names, in its units: %s', (text, timeouts) => {
    expect(accepted(text).timeouts).toEqual(timeouts);
  });

  it.each([
    ['mysql://db/shop?connection_limit=5&pool_timeout=20', { max: 5, acquireTimeoutMs: 20_000 }],
    [
      'jdbc:mariadb://db/shop?minPoolSize=1&maxPoolSize=8&maxIdleTime=60',
      { min: 1, max: 8, idleTimeoutMs: 60_000 },
    ],
    ['Server=db;Uid=ann;MinimumPoolSize=1;Max Pool Size=20', { min: 1, max: 20 }],
  ])('are those of the pool as well: %s', (text, pool) => {
    expect(accepted(text).pool).toEqual(pool);
  });

  it.each([
    ['mysql://db/shop?compress=true', 'on'],
    ['jdbc:mysql://db/shop?useCompression=true', 'on'],
    ['Server=db;Uid=ann;UseCompression=false', ''],
    ['mysql -h db -C', 'on'],
    ['mysql://db/shop', undefined],
  ])('say whether to compress: %s', (text, compression) => {
    expect(accepted(text).values.compression).toBe(compression);
  });
});

describe('a mysql command', () => {
  it('leaves out files and options that it does not read, and names no value of theirs', () => {
    const text = 'mysql --defaults-file=/home/ann/S3cret.cnf --login-path=prod -h db -Nse "select 1" shop';
    expect(namesLeftOut(text)).toEqual(['defaults-file', 'login-path', 'other options of mysql']);
    expect(reported(text)).not.toContain('S3cret');
  });

  it('takes a password only from the same word', () => {
    expect(inShort('mysql -h db -u ann -p shop')).toBe('ann:-@db:3306/shop verify-full');
    expect(readAny('mysql -h db -u ann -p secret shop')).toMatchObject({
      ok: false,
      hint: expect.stringContaining('directly after -p'),
    });
  });

  it('may have its password in a variable alone', () => {
    expect(inShort('MYSQL_PWD=pw mysql shop')).toBe(':pw@localhost:3306/shop disable');
  });

  it('may shorten an option only as long as it is clear which one is meant', () => {
    expect(accepted('mysql -h db --passw=pw').secrets).toEqual({ password: 'pw' });
    expect(accepted('mysql -h db --pa=pw').secrets).toEqual({});
    expect(namesLeftOut('mysql -h db --pa=pw')).toEqual(['other options of mysql']);
  });

  it('may have a URL in the place of the database', () => {
    expect(inShort('mariadb mysql://ann:pw@db/shop')).toBe('ann:pw@db:3306/shop verify-full');
  });
});

describe('a word that is no command', () => {
  it.each(['mysql', 'mariadb', 'mysql shop', 'MySQL -prod'])('is not read: %s', (text) => {
    expect(readAny(text)).toMatchObject({ ok: false, form: null });
  });
});

describe('variables of a container', () => {
  it.each([
    ['MYSQL_HOST=db\nMYSQL_ROOT_PASSWORD=top\nMYSQL_DATABASE=shop', 'root:top@db:3306/shop verify-full'],
    [
      'MYSQL_HOST=db\nMYSQL_ROOT_PASSWORD=top\nMYSQL_USER=ann\nMYSQL_PASSWORD=pw\nMYSQL_DATABASE=shop',
      'ann:pw@db:3306/shop verify-full',
    ],
    ['MARIADB_HOST=db\nMARIADB_ROOT_PASSWORD=top\nMARIADB_USER=ann', 'ann:-@db:3306/ verify-full'],
  ])('hold the password of root only for root: %j', (text, connection) => {
    expect(inShort(text)).toBe(connection);
  });
});

describe('a text for MySQL that cannot be used', () => {
  it.each([
    ['mysqlx://ann@db:33060/shop', 'X Protocol'],
    ['jdbc:mysql://address=(host=h1)(port=1),address=(host=h2)(port=2)/shop', 'several hosts'],
    ['jdbc:mysql://(host=h1,port=1),(host=h2,port=2)/shop', 'several hosts'],
    ['Server=h1,h2;Uid=ann', 'several hosts'],
    ['jdbc:mysql:replication://h1,h2/shop', 'replication'],
    ['jdbc:mysql:aws://db/shop', 'load balancing'],
    ['jdbc:mysql+srv://db/shop', 'load balancing'],
    ['jdbc:aws-wrapper:mysql://db/shop', 'load balancing'],
    ['jdbc:mariadb:sequential:h1,h2/shop', 'replication'],
    ['jdbc:mariadb:aurora://db/shop', 'load balancing'],
    ['mysql:///shop', 'no host'],
    ['mysql:dbname=shop', 'no host'],
    ['MYSQL_ROOT_PASSWORD=top', 'no host'],
    ['mysql://db/shop?ssl-mode=bogus', 'TLS mode'],
    ['mysql://db/shop?ssl={"ca":"x"}', 'TLS mode'],
    ['ann@tcp(db)/shop?tls=custom', 'TLS mode'],
    ['mysql://db/shop?sslaccept=bogus', 'certificate to be checked'],
    ['jdbc:mysql://db/shop?verifyServerCertificate=maybe', 'certificate to be checked'],
    ['mysql://db:0/shop', 'port'],
    ['mysql://db/shop?host=evil', 'twice'],
    ['mysql://ann:pw@db/shop?password=other', 'twice'],
    [`mysql://ann@db/${'x'.repeat(257)}`, '256 bytes'],
    [`mysql://${'x'.repeat(321)}@db/shop`, '320 bytes'],
    ['mysql -h db "open', 'not closed'],
    ['mysql -h $HOST shop', 'variable'],
    ['A=mysql://one/a\nB=mysql://two/b', 'several connections'],
    ['ann@tcp(db)/shop?timeout=soon', 'not a number'],
  ])('is refused with a reason: %j', (text, words) => {
    expect(readAny(text)).toMatchObject({ ok: false, message: expect.stringContaining(words) });
  });
});
