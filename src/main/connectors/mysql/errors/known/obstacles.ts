/** Errors of the server that are about privileges, locks, limits and its state, by their numbers. */
import { type KnownFailure, showSessions } from '../../../sql/knownFailure.ts';

const askForPrivilege = 'Ask the administrator for the privilege, such as GRANT SELECT.';

const denied = (title: string, cause: string): KnownFailure => ({
  code: 'PERMISSION_DENIED',
  title,
  causes: [cause],
  fixes: [askForPrivilege],
});

const readOnlyServer: KnownFailure = {
  code: 'READ_ONLY',
  title: 'An option of the server forbids this',
  causes: [
    'The server is a replica, or an administrator set it to read-only (read_only, super_read_only).',
    'Files of the server may be used in one folder only, or not at all (secure_file_priv); the message names the option.',
  ],
  fixes: [
    'Connect to the primary server.',
    'Save a result from the grid instead of INTO OUTFILE.',
    'Ask the administrator.',
  ],
};

const lockTimeout: KnownFailure = {
  code: 'QUERY_TIMEOUT',
  title: 'The statement waited too long for a lock',
  causes: ['Another session holds a lock on the same rows or table (innodb_lock_wait_timeout).'],
  fixes: ['Try again in a moment.', 'Find the session that holds the lock.'],
  retryable: true,
  actions: showSessions,
};

const tooLargeForServer: KnownFailure = {
  code: 'QUERY_FAILED',
  title: 'A value is too large for the server',
  causes: ['A value is larger than max_allowed_packet on the server.'],
  fixes: ['Use smaller values.', 'Ask the administrator to increase max_allowed_packet.'],
};

const full: KnownFailure = {
  code: 'QUERY_FAILED',
  title: 'The server has no space left',
  causes: ['The disk, the table or the temporary space of the server is full.'],
  fixes: ['Ask the administrator.'],
};

export const obstacles: readonly (readonly [number, KnownFailure])[] = [
  [1044, denied('The user is not allowed to use this database', 'A privilege on the database is missing.')],
  [
    1142,
    denied(
      'The user is not allowed to do this with the table',
      'A privilege on the table is missing; the message names it.',
    ),
  ],
  [
    1143,
    denied(
      'The user is not allowed to use a column',
      'A privilege on the column is missing; the message names it.',
    ),
  ],
  [
    1227,
    denied(
      'The user lacks an administrative privilege',
      'The statement needs the privilege that the message names.',
    ),
  ],
  [
    1370,
    denied(
      'The user is not allowed to use a routine',
      'The privilege to execute or alter the routine is missing.',
    ),
  ],
  [
    1345,
    denied(
      'The user is not allowed to see how the view works',
      'A privilege on a table of the view is missing.',
    ),
  ],
  [3118, denied('An account is locked', 'The account that the statement runs as is locked.')],
  [
    1045,
    denied(
      'The server refused access',
      'The account lacks a privilege (such as FILE), or the account that a view or routine runs as may not do this.',
    ),
  ],
  [
    1449,
    {
      code: 'QUERY_FAILED',
      title: 'The definer of a view or routine does not exist',
      causes: [
        'The view, routine or trigger runs with the privileges of a user that was dropped; the message names the user.',
      ],
      fixes: [
        'Ask the administrator to create the user again, or to recreate the object with another definer.',
      ],
    },
  ],
  [1290, readOnlyServer],
  [1836, readOnlyServer],
  [
    1792,
    {
      code: 'READ_ONLY',
      title: 'This transaction is read-only',
      causes: [
        'The transaction, or the session, was set to read-only.',
        'Reading this would write: a function in it changes a table. Mooring uses read-only transactions for browsing.',
      ],
      fixes: ['Start a transaction that may write (START TRANSACTION READ WRITE).'],
    },
  ],
  [1205, lockTimeout],
  [3572, lockTimeout],
  [
    1213,
    {
      code: 'QUERY_FAILED',
      title: 'The transaction was rolled back because of a deadlock',
      causes: ['Two sessions waited for each other; the server chose this one to end the deadlock.'],
      fixes: ['Run the whole transaction again.', 'Change rows in the same order everywhere.'],
      retryable: true,
    },
  ],
  [
    1020,
    {
      code: 'QUERY_FAILED',
      title: 'A row was changed by another session',
      causes: ['The row has changed since the transaction read it.'],
      fixes: ['Run the whole transaction again.'],
      retryable: true,
    },
  ],
  [
    1226,
    {
      code: 'QUERY_FAILED',
      title: 'A limit of this user is reached',
      causes: [
        'The account may run only so many statements or changes in an hour; the message names the limit.',
      ],
      fixes: ['Wait until the hour is over.', 'Ask the administrator to increase the limit.'],
    },
  ],
  [1153, tooLargeForServer],
  [1301, tooLargeForServer],
  [1021, full],
  [1114, full],
  [
    1104,
    {
      code: 'QUERY_FAILED',
      title: 'The server refuses to examine that many rows',
      causes: [
        'The statement would examine more rows than max_join_size allows (sql_safe_updates or sql_big_selects).',
      ],
      fixes: ['Add a filter, or check the conditions of the joins.', 'Run: SET SESSION sql_big_selects = 1.'],
    },
  ],
  [
    1175,
    {
      code: 'QUERY_FAILED',
      title: 'Safe updates are on',
      causes: ['The statement would change rows without a condition on a key (sql_safe_updates).'],
      fixes: ['Add a condition on a key, or a LIMIT.', 'Run: SET SESSION sql_safe_updates = 0.'],
    },
  ],
  [
    1820,
    {
      code: 'LOGIN_NOT_PERMITTED',
      title: 'The password has expired',
      causes: ['The account must get a new password before it may run statements.'],
      fixes: ['Set a new password: ALTER USER USER() IDENTIFIED BY …', 'Ask the administrator.'],
    },
  ],
];
