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

/** The error of a run; one that the next attempt may not meet is `retryable`. */
export function runError(error: unknown, connectors: readonly Connector[]): unknown {
  if (!isAppError(error) || error.retryable) return error;
  const isTransient = connectors.some(({ writer }) => writer?.judge(error) === 'transient');
  if (!isTransient && !healingCodes.has(error.code)) return error;
  const { code, message: title, detail, causes, fixes, driverCode } = error;
  return new AppError(code, { title, detail, causes, fixes, driverCode, retryable: true, cause: error });
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

/** @param rejected those of the batch that exceeded the limit */
export const tooManyRejected = (rejected: readonly RejectedRow[], maxRejectedRows: number): AppError =>
  new AppError('ROWS_REFUSED', {
    title:
      maxRejectedRows === 0
        ? 'A row cannot be made for the destination'
        : `More than ${maxRejectedRows} rows cannot be made for the destination`,
    detail: [...new Set(rejected.map(({ reason }) => reason))].slice(0, shownReasons).join(' · '),
    causes: ['A value is not of the type that the pipeline gives its column.'],
    fixes: [
      'Choose another type or expression for the column, or filter such rows out.',
      'Allow more rejected rows in the pipeline: they are written to a file instead.',
    ],
  });
