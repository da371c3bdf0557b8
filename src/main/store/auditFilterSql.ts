import type { AuditFilter } from '../../shared/model/audit.ts';
import type { SqlValue } from './Database.ts';

/** The condition of a filter; `auditFilterValues` gives its parameters. Null filters nothing. */
export const auditFilterSql = `
  (? IS NULL OR at >= ?) AND (? IS NULL OR at < ?)
  AND (? IS NULL OR operation LIKE ? || '.%')
  AND (? IS NULL OR subject = ?)
  AND (? IS NULL OR (outcome = 'ok') = ?)
  AND (
    ? IS NULL
    OR operation LIKE ? ESCAPE '\\' OR outcome LIKE ? ESCAPE '\\'
    OR details LIKE ? ESCAPE '\\' OR subject LIKE ? ESCAPE '\\'
    OR operation IN (SELECT value FROM json_each(?))
    OR subject IN (SELECT value FROM json_each(?))
  )`;

export function auditFilterValues(filter: AuditFilter): SqlValue[] {
  const { group, subject, outcome, since, until, search } = filter;
  const isOk = outcome === null ? null : Number(outcome === 'ok');
  const pattern = search === null ? null : `%${search.text.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return [
    ...[since, since],
    ...[until, until],
    ...[group, group],
    ...[subject, subject],
    ...[isOk, isOk],
    ...[pattern, pattern, pattern, pattern, pattern],
    JSON.stringify(search?.operations ?? []),
    JSON.stringify(search?.subjects ?? []),
  ];
}
