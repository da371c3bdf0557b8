import { typeWord } from '../types/logicalType.ts';

/** How the text of a cell becomes a value of its column. */
export type ColumnForm =
  /** The server reads the text as it is. */
  | 'text'
  /** Hexadecimal digits, with or without `0x`. */
  | 'bytes'
  /** A number whose bits are meant. */
  | 'bits'
  /** `POINT(1 2)`, `SRID=4326;POINT(1 2)`, or `0x` and the server's own bytes. */
  | 'geometry';

const byWord: ReadonlyMap<string, ColumnForm> = new Map<string, ColumnForm>([
  ...['binary', 'varbinary', 'tinyblob', 'blob', 'mediumblob', 'longblob', 'vector'].map(
    (word) => [word, 'bytes'] as const,
  ),
  ['bit', 'bits'],
  ...['geometry', 'point', 'linestring', 'polygon', 'geometrycollection', 'geomcollection'].map(
    (word) => [word, 'geometry'] as const,
  ),
  ...['multipoint', 'multilinestring', 'multipolygon'].map((word) => [word, 'geometry'] as const),
]);

export function formOf(declared: string): ColumnForm {
  return byWord.get(typeWord(declared)) ?? 'text';
}

/** SQL that makes a value of a text, which is itself SQL without side effects. */
export function valueSql(form: ColumnForm, text: string): string {
  switch (form) {
    case 'text':
      return text;
    case 'bytes':
      return `UNHEX(${text})`;
    case 'bits':
      return `CAST(${text} AS UNSIGNED)`;
    case 'geometry': {
      const end = `LOCATE(';', ${text})`;
      const known = `ST_GeomFromText(SUBSTR(${text}, ${end} + 1), CAST(SUBSTR(${text}, 6, ${end} - 6) AS UNSIGNED))`;
      return (
        `CASE WHEN ${text} LIKE '0x%' THEN UNHEX(SUBSTR(${text}, 3)) ` +
        `WHEN ${text} LIKE 'SRID=%' THEN ${known} ELSE ST_GeomFromText(${text}) END`
      );
    }
  }
}
