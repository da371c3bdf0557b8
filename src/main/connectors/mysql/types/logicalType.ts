import type { LogicalType } from '../../../../shared/model/columnTypes.ts';

/** What stands before the name of a type that only MySQL and MariaDB have. */
export const ownTypePrefix = 'mysql:';

/** `int(10) unsigned zerofill`, `decimal(10,2)`, `enum('a','b')`: the word, what stands in brackets, and the rest. */
const shape = /^([a-z0-9]+)\s*(?:\((\d+)(?:,(\d+))?\)|\(.*\))?\s*(.*)$/is;

const integerBits: ReadonlyMap<string, 8 | 16 | 24 | 32 | 64> = new Map([
  ['tinyint', 8],
  ['smallint', 16],
  ['mediumint', 24],
  ['int', 32],
  ['integer', 32],
  ['bigint', 64],
]);
/** Texts whose length is not one in characters, or that say none. */
const texts: ReadonlySet<string> = new Set([
  ...['tinytext', 'text', 'mediumtext', 'longtext', 'enum', 'set'],
]);
const blobs: ReadonlySet<string> = new Set(['tinyblob', 'blob', 'mediumblob', 'longblob']);

/** The first word of a type, in lower case. */
export const typeWord = (declared: string): string => shape.exec(declared)?.[1]?.toLowerCase() ?? '';

/**
 * What values of a type are. `tinyint(1)` is an integer: it holds -128 to 127, and nobody can tell from it whether only
 * 0 and 1 were meant.
 * @param declared as the dictionary has it, or as the protocol tells
 */
export function logicalTypeOf(declared: string): LogicalType {
  const [, word = '', first, second, rest = ''] = shape.exec(declared) ?? [];
  const known = knownType(
    word.toLowerCase(),
    numberOf(first),
    numberOf(second),
    /unsigned|zerofill/i.test(rest),
  );
  return known ?? { type: 'other', name: `${ownTypePrefix}${declared}`.slice(0, 256) };
}

const numberOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

function knownType(
  word: string,
  first: number | null,
  second: number | null,
  isUnsigned: boolean,
): LogicalType | null {
  const bits = integerBits.get(word);
  if (bits !== undefined) return { type: 'integer', bits, isUnsigned };
  if (texts.has(word)) return { type: 'text', length: null };
  if (blobs.has(word)) return { type: 'binary', length: null };
  switch (word) {
    case 'year':
      return { type: 'integer', bits: 16, isUnsigned: true };
    case 'bit':
      return first === 1
        ? { type: 'boolean' }
        : { type: 'integer', bits: bitsOf(first ?? 64), isUnsigned: true };
    case 'decimal':
    case 'numeric':
      return { type: 'decimal', precision: first, scale: first === null ? null : (second ?? 0) };
    case 'float':
      return { type: 'float', bits: 32 };
    case 'double':
    case 'real':
      return { type: 'float', bits: 64 };
    case 'char':
    case 'varchar':
      return { type: 'text', length: atLeastOne(first) };
    case 'binary':
    case 'varbinary':
      return { type: 'binary', length: atLeastOne(first) };
    case 'date':
    case 'uuid':
    case 'json':
      return { type: word };
    case 'time':
      return { type: 'time', digits: first ?? 0, isZoned: false };
    case 'datetime':
      return { type: 'timestamp', digits: first ?? 0, isZoned: false };
    case 'timestamp':
      // A moment, which the server writes in the time of the session: UTC, in those of pipelines.
      return { type: 'timestamp', digits: first ?? 0, isZoned: true };
    default:
      return null;
  }
}

const bitsOf = (count: number): 8 | 16 | 32 | 64 => {
  if (count <= 8) return 8;
  if (count <= 16) return 16;
  return count <= 32 ? 32 : 64;
};

/** A column may be declared `varchar(0)`, which holds the empty text only. */
const atLeastOne = (length: number | null): number | null => (length === null ? null : Math.max(1, length));
