import { AppError } from '../../base/AppError.ts';

/** The column of a filter, or the cursor, is no longer there. */
export const goneColumn = (name: string, use: string): AppError =>
  new AppError('PIPELINE_DRIFTED', {
    title: 'A column of the source is missing',
    detail: `${use} uses “${name}”, which the source does not have.`,
    causes: ['It was renamed or dropped.'],
    fixes: ['Choose another column in the pipeline.'],
  });

export const unfitCursor = (name: string, declared: string): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: 'This column cannot be a cursor',
    detail: `The values of “${name}” (${declared}) have no order in which they grow.`,
    fixes: ['Choose a column with numbers, dates or time stamps.', 'Read all rows instead.'],
  });

export const endlessCursor = (name: string, value: string): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: 'The cursor has a value without an end',
    detail: `“${name}” is “${value}” in a row. Nothing is larger, so that no later row would ever be copied.`,
    fixes: ['Filter such rows out.', 'Choose another cursor.'],
  });

export const tooManyAtCursor = (name: string, value: string, count: number): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: 'Too many rows have the same value of the cursor',
    detail: `More than ${count} rows have “${value}” in “${name}”, too many to remember which of them were appended.`,
    fixes: ['Choose a cursor with finer values.', 'Write by key (upsert) instead of appending.'],
  });

export const lookbackNeedsKey = (): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: 'A look-back needs a destination that is written by key',
    detail: 'It reads rows again, which would be there twice.',
    fixes: ['Choose upsert and its key.', 'Set the look-back to 0.'],
  });

export const incrementalReplaces = (): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: 'An incremental reading cannot replace what is in the destination',
    detail: 'It brings new rows only: those that were copied before would be taken for deleted.',
    fixes: ['Read all rows.', 'Append, or write by key (upsert).'],
  });

export const noReadingQuery = (detail: string): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: 'The query of the pipeline cannot be used',
    detail,
    fixes: ['Write one statement that reads rows, such as SELECT.'],
  });
