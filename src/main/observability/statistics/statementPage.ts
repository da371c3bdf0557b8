import {
  type ListedStatement,
  maxListedLength,
  type StatementColumn,
  type StatementPage,
  type StatementPageInput,
} from '../../../shared/model/statementStatistics.ts';
import type { StatementStatistics } from './StatementStatistics.ts';

type Sort = StatementPageInput['sort'];

/** The statements of a page, with those that match its search counted. */
export function statementPage(
  statements: readonly StatementStatistics[],
  { search, sort, offset, limit }: StatementPageInput,
  wallMs: number,
): Pick<StatementPage, 'statements' | 'matchCount' | 'totalCount'> {
  const wanted = search.trim().toLowerCase();
  const matching = statements.filter(
    ({ normalForm }) => wanted === '' || normalForm.toLowerCase().includes(wanted),
  );
  const listed = matching.map((one) => one.listed(beginningOf(one.normalForm), wallMs));
  listed.sort((left, right) => compare(left, right, sort));
  return {
    statements: listed.slice(offset, offset + limit),
    matchCount: matching.length,
    totalCount: statements.length,
  };
}

const beginningOf = (form: string): string =>
  form.length <= maxListedLength ? form : `${form.slice(0, maxListedLength - 1)}…`;

/** What is not known comes last, whatever the direction; what is alike stands by its statement. */
function compare(left: ListedStatement, right: ListedStatement, { column, isDescending }: Sort): number {
  const [one, other] = [figureOf(left, column), figureOf(right, column)];
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const order = one < other ? -1 : Number(one > other);
  return (isDescending ? -order : order) || (left.fingerprint < right.fingerprint ? -1 : 1);
}

const figureOf = (statement: ListedStatement, column: StatementColumn): string | number | null =>
  column === 'statement' ? statement.text : statement[column];
