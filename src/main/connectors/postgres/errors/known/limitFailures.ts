/** Errors of PostgreSQL about rights, resources, limits and the state of the server. */
import { failed, type KnownFailure, showSessions } from '../../../sql/knownFailure.ts';

const askAdministrator = "Send the server's message to the administrator.";

export const limitFailures: readonly (readonly [string, KnownFailure])[] = [
  [
    '42501',
    {
      code: 'PERMISSION_DENIED',
      title: 'The user of this data source is not allowed to do this',
      causes: [
        "A privilege is missing; the server's message names the object.",
        'A policy of the table (row-level security) forbids the row.',
      ],
      fixes: ['Ask the administrator for the privilege, such as GRANT SELECT.'],
    },
  ],
  [
    '25006',
    {
      code: 'READ_ONLY',
      title: 'This session is read-only',
      causes: [
        'The server is a standby.',
        'The transaction, the user, the database or the server is set to read-only (default_transaction_read_only).',
      ],
      fixes: [
        'Connect to the primary server.',
        'Ask the administrator whether you have permission to write.',
      ],
    },
  ],
  [
    '53100',
    failed(
      'The disk of the server is full',
      ['There is no room for the data, the log or the temporary files of the query.'],
      ['Ask the administrator to make room.'],
    ),
  ],
  [
    '53200',
    failed(
      'The server is out of memory',
      [
        'The query needs more than there is.',
        'The transaction holds more locks than the server keeps (max_locks_per_transaction), such as on many partitions.',
      ],
      ['Work on less at a time.', 'Ask the administrator to increase max_locks_per_transaction.'],
    ),
  ],
  [
    '53300',
    {
      code: 'TOO_MANY_CONNECTIONS',
      title: 'The server has no free connections',
      causes: [
        'The statement opens connections of its own (dblink, parallel work), and the limit is reached.',
      ],
      fixes: ['Try again in a moment.', 'Close sessions that nobody needs.'],
      actions: showSessions,
    },
  ],
  [
    '53400',
    failed(
      'A limit of the server is exceeded',
      ['The temporary files of the query would be larger than temp_file_limit.'],
      [
        'Reduce the work: add a filter, or sort fewer columns.',
        'Ask the administrator to increase the limit.',
      ],
      { retryable: false },
    ),
  ],
  [
    '54000',
    failed(
      'The value or statement is too large for PostgreSQL',
      ['An index entry is larger than about 2,700 bytes.', 'A value is larger than 1 GB.'],
      ['Index a hash of the value, such as md5(column).', 'Store less in one value.'],
    ),
  ],
  [
    '54001',
    failed(
      'The statement is too deeply nested',
      [
        'A function calls itself without an end.',
        'The expression has very many nested parts, such as a long chain of OR.',
      ],
      ['Check what ends the recursion.', 'Use IN or VALUES in place of a long chain.'],
    ),
  ],
  [
    '54011',
    failed(
      'Too many columns',
      ['A table has at most 1,600 columns, a query 1,664.'],
      ['Divide the table, or select fewer columns.'],
    ),
  ],
  [
    '54023',
    failed(
      'Too many arguments',
      ['A function takes at most 100 arguments.'],
      ['Use an array, or nest the calls.'],
    ),
  ],
  [
    '57014',
    {
      code: 'QUERY_CANCELLED',
      title: 'The statement was cancelled on the server',
      causes: [
        'An administrator or another program cancelled it (pg_cancel_backend).',
        'The session has a shorter time limit than this data source (statement_timeout).',
      ],
      fixes: [
        "Read the server's message; it gives the reason.",
        'Ask the administrator before you run it again.',
      ],
    },
  ],
  [
    '58030',
    failed(
      'The server could not read or write a file',
      ['Its disk, or a network drive, has a problem.'],
      [askAdministrator],
    ),
  ],
  [
    'XX000',
    failed(
      'The server has an internal error',
      ['A bug of the server or of an extension, or damaged data.'],
      [askAdministrator],
    ),
  ],
  [
    'XX001',
    failed(
      'Data on the server is damaged',
      ['A page of the table cannot be read.'],
      ['Do not write to the table.', askAdministrator],
    ),
  ],
  [
    'XX002',
    failed(
      'An index on the server is damaged',
      ['The index does not fit its table.'],
      ['Ask the administrator to run REINDEX.'],
    ),
  ],
  [
    'HV000',
    failed(
      'A foreign table cannot be read',
      ['The server behind it answered with an error.'],
      ['Check the foreign server and its options.'],
    ),
  ],
  [
    '08001',
    failed(
      'The server could not connect to another server',
      ['A foreign table, dblink or a subscription needs a server that cannot be reached.'],
      ['Check host, port and user mapping of the foreign server.'],
    ),
  ],
];
