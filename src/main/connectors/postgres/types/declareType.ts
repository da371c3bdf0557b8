import type { LogicalType } from '../../../../shared/model/columnTypes.ts';
import type { DeclaredType } from '../../TableWriter.ts';
import { logicalTypeOf, ownTypePrefix } from './logicalType.ts';

/** Of `character varying`. */
const maxLength = 10_485_760;
const maxPrecision = 1_000;
const maxDigits = 6;

/**
 * Types that every server has and whose values mean the same in each of its databases. Types of people and of extensions
 * need not be there, and numbers of objects (regclass and the like) name others elsewhere: these become text.
 */
const builtIn: ReadonlySet<string> = new Set([
  ...['bit', 'bit varying', 'cidr', 'inet', 'macaddr', 'macaddr8', 'money', 'oid', 'pg_lsn', 'xml'],
  ...['box', 'circle', 'line', 'lseg', 'path', 'point', 'polygon'],
  ...['int4range', 'int8range', 'numrange', 'daterange', 'tsrange', 'tstzrange'],
  ...['int4multirange', 'int8multirange', 'nummultirange'],
  ...['datemultirange', 'tsmultirange', 'tstzmultirange'],
  ...['tsvector', 'tsquery', 'jsonpath', '"char"'],
]);
/** Types without an equality cannot be keys. */
const unequal: ReadonlySet<string> = new Set(['xml', 'point', 'polygon', 'json', 'jsonpath']);

const exact = (sql: string): DeclaredType => ({ sql, loss: null });

/** How a column is declared that holds such values. */
export function declareType(type: LogicalType, isKey: boolean): DeclaredType {
  switch (type.type) {
    case 'boolean':
    case 'date':
    case 'interval':
    case 'uuid':
      return exact(type.type);
    case 'json':
      // Not jsonb, which drops the order of keys and all but the last of equal ones.
      return exact(isKey ? 'text' : 'json');
    case 'integer':
      return exact(integer(type.bits, type.isUnsigned));
    case 'decimal':
      return decimal(type.precision, type.scale);
    case 'float':
      return exact(type.bits === 32 ? 'real' : 'double precision');
    case 'text':
      return exact(
        type.length === null || type.length > maxLength ? 'text' : `character varying(${type.length})`,
      );
    case 'binary':
      return exact('bytea');
    case 'time':
    case 'timestamp':
      return moment(type.type, type.digits, type.isZoned);
    case 'other':
      return exact(ownType(type.name, isKey));
  }
}

function integer(bits: number, isUnsigned: boolean): string {
  const needed = isUnsigned ? bits + 1 : bits;
  if (needed <= 16) return 'smallint';
  if (needed <= 32) return 'integer';
  return needed <= 64 ? 'bigint' : 'numeric(20,0)';
}

/** Without a negative scale, or one above the precision: servers before 15 have neither. */
function decimal(precision: number | null, scale: number | null): DeclaredType {
  if (precision === null || scale === null) return exact('numeric');
  const digits = scale < 0 ? precision - scale : Math.max(precision, scale);
  return exact(digits > maxPrecision ? 'numeric' : `numeric(${digits},${Math.max(0, scale)})`);
}

function moment(word: string, digits: number, isZoned: boolean): DeclaredType {
  const modifier = digits < maxDigits ? `(${digits})` : '';
  const sql = `${word}${modifier} ${isZoned ? 'with' : 'without'} time zone`;
  return { sql, loss: digits > maxDigits ? 'digits behind the sixth decimal of a second' : null };
}

function ownType(name: string, isKey: boolean): string {
  if (!name.startsWith(ownTypePrefix)) return 'text';
  const declared = name.slice(ownTypePrefix.length);
  const [, element = '', brackets] = /^(.*?)((?:\[\])*)$/.exec(declared) ?? [];
  const word = element.replace(/\(\d+\)$/, '');
  if (isKey && unequal.has(word)) return 'text';
  const isArray = brackets !== undefined && brackets !== '';
  const isKnown = builtIn.has(word) || (isArray && logicalTypeOf(element).type !== 'other');
  return isKnown && element !== 'citext' ? declared : 'text';
}
