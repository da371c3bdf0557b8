import type { ValueKind } from '../../../../shared/model/results.ts';
import type { ColumnDefinition } from '../protocol/serverPackets.ts';

/** The protocol's numbers of types (MySQL manual, `enum_field_types`), with the names that SQL has for them. */
const typeNames: ReadonlyMap<number, string> = new Map([
  [0, 'decimal'],
  [1, 'tinyint'],
  [2, 'smallint'],
  [3, 'int'],
  [4, 'float'],
  [5, 'double'],
  [6, 'null'],
  [7, 'timestamp'],
  [8, 'bigint'],
  [9, 'mediumint'],
  [10, 'date'],
  [11, 'time'],
  [12, 'datetime'],
  [13, 'year'],
  [14, 'date'],
  [15, 'varchar'],
  [16, 'bit'],
  [17, 'timestamp'],
  [18, 'datetime'],
  [19, 'time'],
  [242, 'vector'],
  [245, 'json'],
  [246, 'decimal'],
  [247, 'enum'],
  [248, 'set'],
  [249, 'tinyblob'],
  [250, 'mediumblob'],
  [251, 'longblob'],
  [252, 'blob'],
  [253, 'varchar'],
  [254, 'char'],
  [255, 'geometry'],
]);

const bit = 16;
const vector = 242;
const json = 245;
const decimals: ReadonlySet<number> = new Set([0, 246]);
const integers: ReadonlySet<number> = new Set([1, 2, 3, 8, 9]);
const floats: ReadonlySet<number> = new Set([4, 5]);
const blobs: ReadonlySet<number> = new Set([249, 250, 251, 252]);
const strings: ReadonlySet<number> = new Set([15, 253, 254]);
/** TIMESTAMP, TIME and DATETIME. */
const moments: ReadonlySet<number> = new Set([7, 11, 12, 17, 18, 19]);
const geometry = 255;

const flag = { unsigned: 1 << 5, enum: 1 << 8, set: 1 << 11 } as const;

/** The collation of what is bytes and not text. The flag BINARY says nothing: texts with a binary collation have it too. */
const binaryCollation = 63;

/** How a value of the text protocol is read. */
export type Reading =
  /** ASCII, whatever the collation says: numbers, dates, times. */
  | 'ascii'
  | 'text'
  | 'bytes'
  /** Bytes that are one number. */
  | 'bits';

export function readingOf({ type, collation }: ColumnDefinition): Reading {
  if (type === bit) return 'bits';
  if (type === json) return 'text';
  if (type === geometry || type === vector) return 'bytes';
  const isString = strings.has(type) || blobs.has(type) || type === 247 || type === 248;
  if (!isString) return 'ascii';
  return collation === binaryCollation ? 'bytes' : 'text';
}

/** The type of a column as the server's own statements write it, as far as the protocol tells. */
export function typeNameOf(column: ColumnDefinition): string {
  const { type, flags, typeName } = column;
  if (typeName !== null) return typeName;
  const name = typeNames.get(type) ?? `type ${type}`;
  if ((flags & flag.enum) !== 0) return 'enum';
  if ((flags & flag.set) !== 0) return 'set';
  if (strings.has(type)) return readingOf(column) === 'bytes' ? name.replace('char', 'binary') : name;
  if (blobs.has(type)) return readingOf(column) === 'bytes' ? name : name.replace('blob', 'text');
  const isUnsigned = (flags & flag.unsigned) !== 0;
  const sign = isUnsigned ? ' unsigned' : '';
  if (decimals.has(type)) return `decimal${precision(column, isUnsigned)}${sign}`;
  if (moments.has(type)) return `${name}${secondDigits(column)}`;
  return integers.has(type) || floats.has(type) ? `${name}${sign}` : name;
}

const kinds: ReadonlyMap<number, ValueKind> = new Map([
  [0, 'decimal'],
  [1, 'integer'],
  [2, 'integer'],
  [3, 'integer'],
  [4, 'float'],
  [5, 'float'],
  [7, 'timestamp'],
  [8, 'integer'],
  [9, 'integer'],
  [10, 'date'],
  [11, 'time'],
  [12, 'timestamp'],
  [13, 'integer'], // YEAR
  [14, 'date'],
  [16, 'integer'], // BIT, which is shown as a number.
  [17, 'timestamp'],
  [18, 'timestamp'],
  [19, 'time'],
  [242, 'binary'], // VECTOR
  [245, 'json'],
  [246, 'decimal'],
  [255, 'geometry'],
]);

/** What the values of a column are, as `RowDecoder` writes them. */
export function kindOf(column: ColumnDefinition): ValueKind {
  const { type, typeName } = column;
  const kind = kinds.get(type);
  if (kind !== undefined) return kind;
  if (typeName === 'json') return 'json';
  if (readingOf(column) === 'bytes') return 'binary';
  // MariaDB's own: uuid, inet6 and the like.
  if (typeName !== null || readingOf(column) === 'ascii') return 'other';
  return 'text';
}

/** The length counts the sign and the point too. */
function precision({ length, decimals: scale }: ColumnDefinition, isUnsigned: boolean): string {
  const digits = length - (isUnsigned ? 0 : 1) - (scale > 0 ? 1 : 0);
  return digits > 0 ? `(${digits},${scale})` : '';
}

/** Behind the point of a second; a server that does not know sends a number that is none of digits. */
const secondDigits = ({ decimals: digits }: ColumnDefinition): string =>
  digits > 0 && digits <= 6 ? `(${digits})` : '';
