import type { LogicalType } from '../../../../shared/model/columnTypes.ts';

/** What stands before the name of a type that only PostgreSQL has. */
export const ownTypePrefix = 'postgres:';

/** As format_type writes a type: its words, what stands in brackets in their middle or behind them, and the rest. */
const shape = /^([a-z_ ]+?)\s*(?:\((-?\d+)(?:,(-?\d+))?\))?( with time zone| without time zone)?$/;
/** Digits of a second that a type has without saying so, and at most. */
const usualDigits = 6;
/** A name has 63 bytes at most. */
const nameLength = 63;

/** What values of a type are. @param declared as format_type writes it, with or without its modifiers */
export function logicalTypeOf(declared: string): LogicalType {
  const [, words, first, second, zone] = shape.exec(declared) ?? [];
  const known = words === undefined ? null : knownType(words, numberOf(first), numberOf(second), zone);
  return known ?? { type: 'other', name: `${ownTypePrefix}${declared}`.slice(0, 256) };
}

const numberOf = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

function knownType(
  words: string,
  first: number | null,
  second: number | null,
  zone: string | undefined,
): LogicalType | null {
  const isZoned = zone === ' with time zone';
  switch (words) {
    case 'boolean':
    case 'uuid':
    case 'date':
    case 'json':
      return { type: words };
    case 'jsonb':
      return { type: 'json' };
    case 'smallint':
      return { type: 'integer', bits: 16, isUnsigned: false };
    case 'integer':
      return { type: 'integer', bits: 32, isUnsigned: false };
    case 'bigint':
      return { type: 'integer', bits: 64, isUnsigned: false };
    case 'numeric':
      return { type: 'decimal', precision: first, scale: first === null ? null : (second ?? 0) };
    case 'real':
      return { type: 'float', bits: 32 };
    case 'double precision':
      return { type: 'float', bits: 64 };
    case 'character':
    case 'character varying':
      return { type: 'text', length: first };
    case 'name':
      return { type: 'text', length: nameLength };
    case 'bpchar':
    case 'text':
    case 'citext':
      return { type: 'text', length: null };
    case 'bytea':
      return { type: 'binary', length: null };
    case 'time':
    case 'timestamp':
      return { type: words, digits: first ?? usualDigits, isZoned };
    default:
      return /^interval\b/.test(words) ? { type: 'interval' } : null;
  }
}
