import type { ValueKind } from '../../model/results.ts';

/** A backslash escapes, unless the session says otherwise, which nearly none does. */
const quoteText = (text: string): string => `'${text.replace(/['\\]/g, '$&$&')}'`;

/** Bytes, also those of a geometry, as Mooring shows them. */
const bytes = /^0x((?:[0-9a-f]{2})*)$/i;
/** A geometry of a table: its text, behind the number of its reference system if it has one. */
const geometry = /^(?:SRID=(\d+);)?([A-Z]+ ?\(.*|GEOMETRYCOLLECTION EMPTY)$/s;

/** A value as a person writes it in a statement. Bytes in quotes would be the text of their digits. */
export function quoteValue(text: string, kind: ValueKind): string {
  const [, digits] = (kind === 'binary' || kind === 'geometry' ? bytes.exec(text) : null) ?? [];
  if (digits !== undefined) return `x'${digits}'`;
  const [, srid = '0', shape] = (kind === 'geometry' ? geometry.exec(text) : null) ?? [];
  return shape === undefined ? quoteText(text) : `ST_GeomFromText(${quoteText(shape)}, ${srid})`;
}
