import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { AppError, isAppError } from '../../../base/AppError.ts';
import type { RejectedRow } from '../../copy/ports.ts';
import { reasonsText } from '../../copy/runErrors.ts';

/** What the server said about a row. */
export function reasonOf(error: unknown): string {
  if (!isAppError(error)) return error instanceof Error ? error.message : '';
  return error.detail === '' ? error.message : error.detail;
}

export function supersededError(): AppError {
  return new AppError('RUN_SUPERSEDED', {
    title: 'Another worker has taken over this pipeline',
    detail: 'Nothing of this worker is written from now on. What the other one writes counts.',
    causes: ['This worker did not answer for a while, such as a computer that was asleep.'],
    // The one that has the run may have been overtaken by one that had it before: then it goes on.
    retryable: true,
  });
}

/** @param rejected those of the batch that exceeded the limit */
export function refusedError(rejected: readonly RejectedRow[], maxRejectedRows: number): AppError {
  return new AppError('ROWS_REFUSED', {
    title:
      maxRejectedRows === 0
        ? 'The destination refused a row'
        : `The destination refused more than ${maxRejectedRows} rows`,
    detail: reasonsText(rejected),
    causes: ['A value does not fit its column, or a constraint of the table does not allow the row.'],
    fixes: [
      'Correct the rows in the source, or filter them out, and run the pipeline again: it goes on before them.',
      'Allow more rejected rows in the pipeline: they are written to a file instead.',
    ],
  });
}

/** Rows that wait in a staging table were refused all at once. */
export function refusedTogetherError(error: unknown): AppError {
  return new AppError('ROWS_REFUSED', {
    title: 'The destination refused the rows of this run',
    detail: reasonOf(error),
    causes: ['A row contradicts rows that are in the table, or in a table that it refers to.'],
    fixes: [
      'Correct the rows in the source, or filter them out.',
      'Choose “upsert” for rows that may be in the table already.',
    ],
    driverCode: isAppError(error) ? error.driverCode : null,
    cause: error,
  });
}

export function tableGoneError({ schema, name }: RelationRef): AppError {
  return new AppError('NOT_FOUND', {
    title: 'The table of the destination is not there',
    detail: `${schema}.${name}`,
    causes: ['It was dropped while the run began.'],
    fixes: ['Run the pipeline again: it creates the table.'],
    retryable: true,
  });
}

export function columnGoneError(column: string): AppError {
  return new AppError('PIPELINE_DRIFTED', {
    title: `The destination has no column “${column}”`,
    causes: ['It was dropped or renamed while the run began.'],
    fixes: ['Run the pipeline again, or correct the mapping of its columns.'],
  });
}

/** Rows were appended by a reading that could go on behind them, and this one cannot. */
export function notContinuedError(): AppError {
  return new AppError('PIPELINE_DRIFTED', {
    title: 'The run cannot go on behind the rows that it has appended',
    causes: ['The source had a key by which its rows are ordered when the run began, and has none now.'],
    fixes: [
      'Give the source its key back, and run the pipeline again.',
      'Run the pipeline from the beginning: it copies all rows, also those that were appended.',
    ],
  });
}

export function keyNotUniqueError(key: readonly string[], { schema, name }: RelationRef): AppError {
  const columns = key.join(', ');
  return new AppError('PIPELINE_INVALID', {
    title: 'The key of the pipeline is not unique in the destination',
    detail: `${schema}.${name} (${columns})`,
    causes: ['Rows are found by a primary key or a unique index of exactly these columns.'],
    fixes: [
      `Create a unique index on ${columns} in the destination.`,
      'Choose the columns of its primary key as the key.',
    ],
  });
}

export function unreadablePositionError(cause: unknown): AppError {
  return new AppError('PIPELINE_INVALID', {
    title: 'How far the pipeline has come cannot be read',
    causes: ['A newer version of Mooring wrote it, or somebody edited the table mooring_pipelines.'],
    fixes: ['Run the pipeline from the beginning.'],
    cause,
  });
}

/** @param sql what makes the table */
export function noStateTableError(error: AppError, sql: string): AppError {
  return new AppError(error.code, {
    title: 'Mooring cannot create its table in the destination',
    detail: error.detail,
    causes: ['There it keeps how far each pipeline has come, in the same transactions as the rows.'],
    fixes: ['Grant the right to create tables in the schema.', `Or have it created: ${sql}`],
    driverCode: error.driverCode,
    retryable: error.retryable,
    cause: error,
  });
}
