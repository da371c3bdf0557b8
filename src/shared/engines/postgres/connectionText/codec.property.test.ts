import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describeSpellings,
  doubleQuoted,
  quoted,
  shellQuoted,
  type Writer,
  type WrittenConnection,
} from '../../../../../tests/support/connectionTextProperties.ts';
import { readAny } from '../../../../../tests/support/connectionTexts.ts';

const libpq = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`;
const encoded = encodeURIComponent;

function url(
  scheme: string,
  { host, port, user, password, database, sslmode, connectSeconds }: WrittenConnection,
) {
  const query = `sslmode=${sslmode}&connect_timeout=${connectSeconds}`;
  return `${scheme}://${encoded(user)}:${encoded(password)}@${host}:${port}/${encoded(database)}?${query}`;
}

const keywords = (c: WrittenConnection) =>
  `host=${c.host} port=${c.port} user=${libpq(c.user)} password=${libpq(c.password)} dbname=${libpq(c.database)} sslmode=${c.sslmode} connect_timeout=${c.connectSeconds}`;

const dotnet = (quote: string) => (c: WrittenConnection) =>
  [
    ...[`Host=${c.host}`, `Port=${c.port}`, `Username=${quoted(quote, c.user)}`],
    ...[`Password=${quoted(quote, c.password)}`, `Database=${quoted(quote, c.database)}`],
    ...[`SSL Mode=${c.sslmode.replace('-', '')}`, `Timeout=${c.connectSeconds}`],
  ].join(';');

const variables = (c: WrittenConnection, quote: (text: string) => string) => [
  ...[`PGHOST=${c.host}`, `PGPORT=${c.port}`, `PGUSER=${quote(c.user)}`, `PGPASSWORD=${quote(c.password)}`],
  ...[`PGDATABASE=${quote(c.database)}`, `PGSSLMODE=${c.sslmode}`, `PGCONNECT_TIMEOUT=${c.connectSeconds}`],
];

/** Every spelling, as somebody who knows its rules writes it. */
const writers: Readonly<Record<string, Writer>> = {
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
  libpqVariablesInOneLine: (c) => `export ${variables(c, shellQuoted).join(' ')}`,
  psqlWithUrl: (c) => `psql ${shellQuoted(url('postgres', c))}`,
  psqlWithKeywords: (c) => `psql ${shellQuoted(keywords(c))}`,
  psqlWithOptions: (c) =>
    `PGPASSWORD=${shellQuoted(c.password)} PGSSLMODE=${c.sslmode} PGCONNECT_TIMEOUT=${c.connectSeconds} psql -h ${c.host} --port=${c.port} -U ${shellQuoted(c.user)} -d ${shellQuoted(c.database)}`,
};

describeSpellings('postgres', writers);

describe('a text of any kind', () => {
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
