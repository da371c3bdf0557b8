import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAny, reported } from '../../../../../tests/support/connectionTexts.ts';
import { secretValueSchema } from '../../../model/dataSource.ts';
import { tlsModeSchema } from '../../../model/tls.ts';
import { trimmedText } from '../../../model/visibleText.ts';
import { postgresConfigSchema } from '../config.ts';

interface Connection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  /** libpq's word. */
  readonly sslmode: string;
  readonly connectSeconds: number;
}

const quoted = (quote: string, text: string) => `${quote}${text.replaceAll(quote, quote + quote)}${quote}`;
const libpq = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
const shell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const encoded = encodeURIComponent;

function url(scheme: string, { host, port, user, password, database, sslmode, connectSeconds }: Connection) {
  const query = `sslmode=${sslmode}&connect_timeout=${connectSeconds}`;
  return `${scheme}://${encoded(user)}:${encoded(password)}@${host}:${port}/${encoded(database)}?${query}`;
}

const keywords = (c: Connection) =>
  `host=${c.host} port=${c.port} user=${libpq(c.user)} password=${libpq(c.password)} dbname=${libpq(c.database)} sslmode=${c.sslmode} connect_timeout=${c.connectSeconds}`;

const dotnet = (quote: string) => (c: Connection) =>
  [
    ...[`Host=${c.host}`, `Port=${c.port}`, `Username=${quoted(quote, c.user)}`],
    ...[`Password=${quoted(quote, c.password)}`, `Database=${quoted(quote, c.database)}`],
    ...[`SSL Mode=${c.sslmode.replace('-', '')}`, `Timeout=${c.connectSeconds}`],
  ].join(';');

const variables = (c: Connection, quote: (text: string) => string) => [
  ...[`PGHOST=${c.host}`, `PGPORT=${c.port}`, `PGUSER=${quote(c.user)}`, `PGPASSWORD=${quote(c.password)}`],
  ...[`PGDATABASE=${quote(c.database)}`, `PGSSLMODE=${c.sslmode}`, `PGCONNECT_TIMEOUT=${c.connectSeconds}`],
];
const doubleQuoted = (text: string) => `"${text.replace(/["\\$`]/g, '\\$&')}"`;

/** Every spelling, as somebody who knows its rules writes it. */
const writers: Readonly<Record<string, (connection: Connection) => string>> = {
  url: (c) => url('postgresql', c),
  sqlalchemy: (c) => url('postgresql+psycopg2', c),
  keywords,
  dotnetDouble: dotnet('"'),
  dotnetSingle: dotnet("'"),
  jdbc: (c) =>
    `jdbc:postgresql://${c.host}:${c.port}/${encoded(c.database)}?user=${encoded(c.user)}&password=${encoded(c.password)}&sslmode=${c.sslmode}&connectTimeout=${c.connectSeconds}`,
  envLine: (c) => `export DATABASE_URL=${doubleQuoted(url('postgres', c))}`,
  envLineOfDotnet: (c) => `APP_DATABASE=${doubleQuoted(dotnet("'")(c))}`,
  libpqVariables: (c) => variables(c, doubleQuoted).join('\n'),
  libpqVariablesInOneLine: (c) => `export ${variables(c, shell).join(' ')}`,
  psqlWithUrl: (c) => `psql ${shell(url('postgres', c))}`,
  psqlWithKeywords: (c) => `psql ${shell(keywords(c))}`,
  psqlWithOptions: (c) =>
    `PGPASSWORD=${shell(c.password)} PGSSLMODE=${c.sslmode} PGCONNECT_TIMEOUT=${c.connectSeconds} psql -h ${c.host} --port=${c.port} -U ${shell(c.user)} -d ${shell(c.database)}`,
};

const awkward = fc.constantFrom(
  ...'@:/?#%&=+;,\'"`\\$!*()[]{}<>|~ ',
  '%41',
  'host=',
  'password',
  '//',
  "'; ",
);
const text = fc
  .array(fc.oneof(awkward, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));
/** One line: a list of variables has one a line. */
const oneLine = (value: string) => !/[\n\r]/.test(value);
const name = text.filter(
  (value) =>
    postgresConfigSchema.shape.user.safeParse(value).success &&
    trimmedText(value) === value &&
    // A database that is itself a connection text is one to psql as well.
    !/[=§]|:\/\//.test(value),
);
/** A mark that nothing else has, so that no part of a password is found by chance. */
const password = text
  .map((value) => `§${value}§`)
  .filter((value) => oneLine(value) && secretValueSchema.safeParse(value).success);

const connection: fc.Arbitrary<Connection> = fc.record({
  host: fc.oneof(fc.domain(), fc.ipV4()).map((host) => host.toLowerCase()),
  port: fc.integer({ min: 1, max: 65_535 }),
  user: name,
  password,
  database: name,
  sslmode: fc.constantFrom('disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'),
  connectSeconds: fc.integer({ min: 1, max: 300 }),
});
const spelling = fc.constantFrom(...Object.keys(writers));
const write = (writer: string, written: Connection) => writers[writer]?.(written) ?? '';

/** The weakest mode that keeps the promise of libpq's word. */
const leastMode = new Map([
  ['disable', 'disable'],
  ['allow', 'encrypt'],
  ['prefer', 'encrypt'],
  ['require', 'encrypt'],
  ['verify-ca', 'verify-ca'],
  ['verify-full', 'verify-full'],
]);
const modes: readonly string[] = tlsModeSchema.options;
const strength = (mode: string | undefined) => modes.indexOf(mode ?? '');

describe('a connection text of any spelling', () => {
  it('is read as what it was written from', () => {
    fc.assert(
      fc.property(spelling, connection, (writer, written) => {
        const { host, port, user, database, connectSeconds } = written;
        expect(readAny(write(writer, written))).toMatchObject({
          ok: true,
          kind: 'postgres',
          values: { host, port: String(port), user, database },
          timeouts: { connectMs: connectSeconds * 1_000 },
          secrets: { password: written.password },
        });
      }),
      { numRuns: 300 },
    );
  });

  it('never gets less TLS than it asks for', () => {
    fc.assert(
      fc.property(spelling, connection, (writer, written) => {
        const reading = readAny(write(writer, written));
        const mode = reading.ok ? reading.values.tlsMode : undefined;
        expect(strength(mode)).toBeGreaterThanOrEqual(strength(leastMode.get(written.sslmode)));
      }),
      { numRuns: 150 },
    );
  });

  it('leaves no part of its password in a field that is not secret, nor in what is reported', () => {
    fc.assert(
      fc.property(spelling, connection, (writer, written) => {
        expect(reported(write(writer, written))).not.toContain('§');
      }),
      { numRuns: 150 },
    );
  });

  it('never throws and never tells its password when it is cut off or changed anywhere', () => {
    const change = fc.record({
      at: fc.nat(),
      length: fc.nat({ max: 3 }),
      put: fc.oneof(awkward, fc.constant('')),
    });
    const changes = fc.array(change, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(spelling, connection, changes, fc.boolean(), (writer, written, edits, cut) => {
        const original = write(writer, { ...written, user: 'ann', database: 'shop' });
        const changed = edits.reduce((before, { at, length, put }) => {
          const start = at % (before.length + 1);
          return before.slice(0, start) + put + (cut ? '' : before.slice(start + length));
        }, original);
        const reading = readAny(changed);
        const { values } = reading.ok ? reading : { values: null };
        const told = reading.ok ? [values?.host, values?.port, reading.leftOut, reading.notes] : reading;
        expect(JSON.stringify(told)).not.toContain('§');
        expect(values?.host ?? '').not.toMatch(/[;=@]|\/\//);
      }),
      { numRuns: 500 },
    );
  });

  it('never throws and reports nothing of it, whatever it is', () => {
    const anything = fc.string({ unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)) });
    const secret = fc.string({ minLength: 8, maxLength: 20 }).map((value) => `§${value}§`);
    fc.assert(
      fc.property(anything, secret, fc.string(), (before, hidden, after) => {
        for (const whole of [before, `${before}${hidden}${after}`, `postgres://u:${hidden}@${after}`]) {
          const reading = readAny(whole);
          const told = reading.ok ? [reading.leftOut, reading.notes] : [reading.message, reading.hint];
          expect(JSON.stringify(told)).not.toContain(hidden);
        }
      }),
      { numRuns: 300 },
    );
  });
});
