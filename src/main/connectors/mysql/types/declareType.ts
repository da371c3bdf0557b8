import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import type { DeclaredType } from '../../TableWriter.ts';
import { ownTypePrefix } from './logicalType.ts';

/** MySQL has 65 digits, of which 30 may be behind the point; MariaDB has 38 there. */
const maxPrecision = 65;
const maxScale = 30;
const maxDigits = 6;
/** Longer ones are declared without a length: all varchars of a row share 65,535 bytes. */
const maxShortLength = 255;
/** A key has 3,072 bytes, of four for a character. */
const maxKeyLength = 768;
const maxKeyBytes = 3_072;
/** Of a key whose length is not known, so that several of them are one key. */
const usualKeyLength = 255;
/** Keys are told apart as everywhere else: the usual collations take `a` and `A`, `e` and `é` for the same. */
const keyCollation = 'collate utf8mb4_bin';

const exact = (sql: string): DeclaredType => ({ sql, loss: null });

/**
 * How a column is declared that holds such values. Where the server's own type would change a value, it is text: a number
 * without a fixed scale gets no zeros, and JSON keeps its digits, which the server's JSON makes floating-point numbers.
 */
export function declareType(type: LogicalType, isKey: boolean): DeclaredType {
  switch (type.type) {
    case 'boolean':
      return exact('tinyint(1)');
    case 'integer':
      return exact(`${integerWords[type.bits]}${type.isUnsigned ? ' unsigned' : ''}`);
    case 'decimal':
      return decimal(type.precision, type.scale, isKey);
    case 'float':
      // Of a FLOAT the server writes six digits only.
      return exact('double');
    case 'text':
      return text(type.length, isKey);
    case 'binary':
      return binary(type.length, isKey);
    case 'date':
      return exact('date');
    case 'time':
      return type.isZoned ? text(maxZonedTimeLength, isKey) : moment('time', type.digits);
    case 'timestamp':
      return moment('datetime', type.digits);
    case 'interval':
      return text(maxIntervalLength, isKey);
    case 'uuid':
      return exact(`char(36)${isKey ? ` ${keyCollation}` : ''}`);
    case 'json':
      return text(null, isKey);
    case 'other':
      return type.name.startsWith(ownTypePrefix)
        ? exact(type.name.slice(ownTypePrefix.length))
        : text(null, isKey);
  }
}

/** Of the canonical texts of types that the server does not have. */
const maxZonedTimeLength = 32;
const maxIntervalLength = 100;

const integerWords = { 8: 'tinyint', 16: 'smallint', 24: 'mediumint', 32: 'int', 64: 'bigint' } as const;

function decimal(precision: number | null, scale: number | null, isKey: boolean): DeclaredType {
  if (precision === null || scale === null) return text(null, isKey);
  const digits = scale < 0 ? precision - scale : Math.max(precision, scale);
  if (digits > maxPrecision || scale > maxScale) return text(null, isKey);
  return exact(`decimal(${digits},${Math.max(0, scale)})`);
}

function text(length: number | null, isKey: boolean): DeclaredType {
  if (!isKey) return exact(length === null || length > maxShortLength ? 'longtext' : `varchar(${length})`);
  if (length !== null && length <= maxKeyLength) return exact(`varchar(${length}) ${keyCollation}`);
  return {
    sql: `varchar(${usualKeyLength}) ${keyCollation}`,
    loss: `texts of more than ${usualKeyLength} characters, which a key cannot have`,
  };
}

function binary(length: number | null, isKey: boolean): DeclaredType {
  if (!isKey) return exact(length === null || length > maxShortLength ? 'longblob' : `varbinary(${length})`);
  if (length !== null && length <= maxKeyBytes) return exact(`varbinary(${length})`);
  return {
    sql: `varbinary(${usualKeyLength})`,
    loss: `values of more than ${usualKeyLength} bytes, which a key cannot have`,
  };
}

function moment(word: string, digits: number): DeclaredType {
  const modifier = digits === 0 ? '' : `(${Math.min(digits, maxDigits)})`;
  return {
    sql: `${word}${modifier}`,
    loss: digits > maxDigits ? 'digits behind the sixth decimal of a second' : null,
  };
}
