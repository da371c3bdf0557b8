import type { ErrorCode } from '../../../shared/errors/errorCodes.ts';
import { AppError, isAppError } from '../../base/AppError.ts';
import type { Connector } from '../../connectors/Connector.ts';
import type { RejectedRow } from './ports.ts';

/** What goes by, also where a connector would not repeat by itself what may have had an effect: a run continues exactly. */
const healingCodes: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['HOST_NOT_FOUND', 'DNS_UNAVAILABLE', 'CONNECTION_REFUSED', 'HOST_UNREACHABLE'] as const),
  ...(['CONNECT_TIMEOUT', 'CONNECTION_RESET', 'CONNECTION_LOST', 'TOO_MANY_CONNECTIONS'] as const),
  ...(['SERVER_STARTING', 'SERVER_SHUTTING_DOWN', 'RATE_LIMITED', 'TRANSACTION_LOST'] as const),
]);

/** The same error, as one that the next attempt may not meet. */
export function healing(error: unknown): unknown {
  if (!isAppError(error) || error.retryable) return error;
  const { code, message: title, detail, causes, fixes, driverCode } = error;
  return new AppError(code, { title, detail, causes, fixes, driverCode, retryable: true, cause: error });
}

/** The error of a run; one that the next attempt may not meet is `retryable`. */
export function runError(error: unknown, connectors: readonly Connector[]): unknown {
  if (!isAppError(error) || error.retryable) return error;
  const isTransient = connectors.some(({ writer }) => writer?.judge(error) === 'transient');
  return isTransient || healingCodes.has(error.code) ? healing(error) : error;
}

export const notWritable = (): AppError =>
  new AppError('UNSUPPORTED', {
    title: 'Pipelines cannot write to this data source',
    causes: ['Its engine has no tables.'],
    fixes: ['Choose a table of a database, or a file.'],
  });

export const markedReadOnly = (name: string): AppError =>
  new AppError('READ_ONLY', {
    title: 'The destination is marked read-only',
    detail: `Nothing is written to “${name}”.`,
    fixes: ['Remove the read-only mark from the data source, or choose another destination.'],
  });

export const sourceNotBundled = (): AppError =>
  new AppError('PIPELINE_INVALID', {
    title: 'A data source of the pipeline is missing',
    causes: ['It was deleted after the run was begun.'],
    fixes: ['Choose another data source in the pipeline.'],
  });

/** Reasons that an error shows. */
const shownReasons = 5;

/** The different reasons for which rows were rejected, as far as an error shows them. */
export const reasonsText = (rejected: readonly RejectedRow[]): string =>
  [...new Set(rejected.map(({ reason }) => reason))].slice(0, shownReasons).join(' · ');

/** @param rejected those of the batch that exceeded the limit */
export const tooManyRejected = (rejected: readonly RejectedRow[], maxRejectedRows: number): AppError =>
  new AppError('ROWS_REFUSED', {
    title:
      maxRejectedRows === 0
        ? 'A row cannot be made for the destination'
        : `More than ${maxRejectedRows} rows cannot be made for the destination`,
    detail: reasonsText(rejected),
    causes: ['A value is not of the type that the pipeline gives its column.'],
    fixes: [
      'Choose another type or expression for the column, or filter such rows out.',
      'Allow more rejected rows in the pipeline: they are written to a file instead.',
    ],
  });
