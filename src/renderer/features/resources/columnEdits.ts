import type { ResourceColumn } from '../../../shared/model/resources.ts';
import { freeName } from '../../lib/freeName.ts';
import { resourcesText } from '../../text/resources.ts';
import type { ColumnForm } from './resourceForm.ts';

/** How the path of a column is written in one field. A key with a dot in it stays whole as long as nobody changes it. */
export const pathText = ({ path }: Pick<ResourceColumn, 'path'>): string => path.join('.');

/** A column after a person has changed it. */
export const editedColumn = (column: ColumnForm, change: Partial<ColumnForm>): ColumnForm => ({
  ...column,
  ...change,
  origin: 'personal',
});

export const withPathText = (column: ColumnForm, text: string): ColumnForm =>
  text === pathText(column)
    ? column
    : editedColumn(column, { path: text.trim() === '' ? [] : text.trim().split('.').slice(0, 4) });

/** A name goes along with the key that the column is read from, as long as both are the same. */
export function withColumnName(column: ColumnForm, name: string): ColumnForm {
  const follows = column.path.length === 1 && column.path[0] === column.name;
  return editedColumn(column, { name, ...(follows && { path: [name] }) });
}

export function newColumn(columns: readonly ColumnForm[]): ColumnForm {
  const name = freeName(
    resourcesText.columns.newName,
    columns.map((column) => column.name),
  );
  return { name, path: [name], type: 'text', isNullable: true, origin: 'personal', description: '' };
}

/** The columns of an answer; those that a person has set stay as they are. */
export function mergedColumns(
  columns: readonly ColumnForm[] | null,
  found: readonly ResourceColumn[],
): ColumnForm[] {
  const personal = new Map(
    (columns ?? []).flatMap((column) => (column.origin === 'personal' ? [[pathText(column), column]] : [])),
  );
  const merged = found.map((column) => {
    const own = personal.get(pathText(column));
    personal.delete(pathText(column));
    return own ?? column;
  });
  return [...merged, ...personal.values()];
}
