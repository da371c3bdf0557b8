import { mysqlTypes } from '../../src/main/connectors/mysql/logicalTypes.ts';
import { postgresTypes } from '../../src/main/connectors/postgres/logicalTypes.ts';
import { restTypes } from '../../src/main/connectors/rest/logicalTypes.ts';
import type { CellConverter, ColumnTypes, DeclaredType } from '../../src/main/connectors/TableWriter.ts';
import { parquetType } from '../../src/main/sync/planning/planFile.ts';
import { Lost } from '../../src/main/sync/writing/files/parquet/ParquetCell.ts';
import { parquetCell } from '../../src/main/sync/writing/files/parquet/parquetCells.ts';
import type { LogicalType } from '../../src/shared/model/columnTypes.ts';

const engines = { PostgreSQL: postgresTypes, MySQL: mysqlTypes, API: restTypes } as const;

const types: Readonly<Record<keyof typeof engines, readonly string[]>> = {
  PostgreSQL: [
    ...['boolean', 'smallint', 'integer', 'bigint'],
    ...['numeric', 'numeric(10,2)', 'numeric(38,10)', 'numeric(70,5)', 'numeric(3,-2)', 'numeric(3,5)'],
    ...['real', 'double precision', 'money', 'oid'],
    ...['text', 'character varying(35)', 'character varying(500)', 'character(8)', 'name', 'citext'],
    ...['bytea', 'date', 'time without time zone', 'time(3) with time zone'],
    ...['timestamp without time zone', 'timestamp with time zone', 'timestamp(3) with time zone'],
    ...['interval', 'uuid', 'json', 'jsonb', 'xml', 'inet', 'bit(3)'],
    ...['integer[]', 'int4range', 'point', 'tsvector', 'sales.order_status'],
  ],
  MySQL: [
    ...['tinyint(1)', 'tinyint unsigned', 'smallint', 'mediumint', 'int(10) unsigned', 'bigint'],
    ...['bigint unsigned', 'int(5) unsigned zerofill', 'year(4)', 'bit(1)', 'bit(20)'],
    ...['decimal(10,2)', 'decimal(65,30)', 'float', 'double'],
    ...['char(8)', 'varchar(255)', 'varchar(2000)', 'longtext', "enum('a','b')", "set('a','b')"],
    ...['binary(16)', 'varbinary(2000)', 'longblob'],
    ...['date', 'time(3)', 'datetime', 'datetime(6)', 'timestamp(6)'],
    ...['json', 'uuid', 'inet6', 'point', 'vector(3)'],
  ],
  API: [
    ...['text', 'integer', 'bigint', 'numeric', 'boolean'],
    ...['date', 'time', 'timestamp', 'uuid', 'json'],
  ],
};

const keyTypes: readonly string[] = [
  ...['character varying(500)', 'character varying(2000)', 'text', 'numeric', 'uuid'],
  ...['bytea', 'jsonb', 'point'],
];

const values: readonly (readonly [engine: keyof typeof engines, type: string, text: string])[] = [
  ['PostgreSQL', 'date', 'infinity'],
  ['PostgreSQL', 'date', '0044-03-15 BC'],
  ['PostgreSQL', 'date', '12345-01-01'],
  ['PostgreSQL', 'timestamp with time zone', '2024-05-06 12:34:56.789+05:30'],
  ['PostgreSQL', 'timestamp without time zone', '-infinity'],
  ['PostgreSQL', 'time without time zone', '24:00:00'],
  ['PostgreSQL', 'numeric(10,2)', 'NaN'],
  ['PostgreSQL', 'double precision', 'Infinity'],
  ['PostgreSQL', 'interval', '1 year 2 mons -3 days +04:05:06.7'],
  ['PostgreSQL', 'bytea', '\\x00ff'],
  ['MySQL', 'date', '0000-00-00'],
  ['MySQL', 'datetime', '2024-00-10 00:00:00'],
  ['MySQL', 'timestamp(6)', '2024-05-06 12:34:56.000001'],
  ['MySQL', 'time', '100:00:00'],
  ['MySQL', 'varchar(20)', 'a\0b'],
  ['MySQL', 'int(5) unsigned zerofill', '00042'],
  ['MySQL', 'bit(1)', '1'],
  ['API', 'numeric', '1.5e3'],
  ['API', 'timestamp', '2024-05-06T12:34:56+02:00'],
  ['API', 'timestamp', '2024-05-06T12:34:56.123456789Z'],
  ['API', 'integer', 'many'],
];

const code = (text: string): string => `\`${text.replaceAll('|', '\\|').replaceAll('\0', '\\0')}\``;

function shown({ sql, loss }: DeclaredType): string {
  return loss === null ? code(sql) : `${code(sql)}, without ${loss}`;
}

/** A line for each type of an engine: how a column is declared that is made for it. */
export function typeTable(engine: keyof typeof engines): string {
  const lines = types[engine].map((source) => {
    const type = engines[engine].logical(source);
    const made = [postgresTypes.declare(type, false), mysqlTypes.declare(type, false), parquetType(type)];
    return `| ${code(source)} | ${made.map(shown).join(' | ')} |`;
  });
  return ['| Type | PostgreSQL | MySQL, MariaDB | Parquet |', '|---|---|---|---|', ...lines].join('\n');
}

/** A line for each type that is declared in another way as a part of a key. */
export function keyTable(): string {
  const lines = keyTypes.map((source) => {
    const type = postgresTypes.logical(source);
    const made = [postgresTypes.declare(type, true), mysqlTypes.declare(type, true)];
    return `| ${code(source)} | ${made.map(shown).join(' | ')} |`;
  });
  return ['| Type | PostgreSQL | MySQL, MariaDB |', '|---|---|---|', ...lines].join('\n');
}

function converted(converter: CellConverter | null, text: string): string {
  const result = converter === null ? text : converter(text);
  if (typeof result === 'string') return code(result);
  return result.rest === undefined ? `NULL: ${result.lost}` : `${code(result.rest)}: ${result.lost}`;
}

function inParquet(type: LogicalType, text: string): string {
  const made = { declared: parquetType(type).sql, isNullable: true, loss: null, isNew: true };
  const bytes = Buffer.from(text);
  const value = parquetCell({ name: '', mappedName: '', type, ...made })(bytes, 0, bytes.length);
  if (value === null) return 'refused';
  return value instanceof Lost ? `NULL: ${value.reason}` : 'the same';
}

/** A line for each of some values that are written in another way, or that some destination does not have. */
export function valueTable(): string {
  const lines = values.map(([engine, source, text]) => {
    const type = engines[engine].logical(source);
    const first = engines[engine].toCanonical(type, source)?.(text) ?? text;
    const start = `| ${engine} | ${code(source)} | ${code(text)} |`;
    if (typeof first !== 'string' && first.rest === undefined) {
      const cell = ` NULL: ${first.lost} |`;
      return `${start}${cell.repeat(3)}`;
    }
    const lost = typeof first === 'string' ? '' : `: ${first.lost}`;
    const canonical = typeof first === 'string' ? first : (first.rest ?? '');
    const into = (destination: ColumnTypes): string =>
      converted(destination.fromCanonical(type, destination.declare(type, false).sql), canonical) + lost;
    return `${start} ${into(postgresTypes)} | ${into(mysqlTypes)} | ${lost === '' ? inParquet(type, canonical) : code(canonical) + lost} |`;
  });
  const head = [
    '| From | Type | Value | PostgreSQL | MySQL, MariaDB | Parquet |',
    '|---|---|---|---|---|---|',
  ];
  return [...head, ...lines].join('\n');
}
