/** Errors of PostgreSQL about transactions, locks, cursors and prepared statements. */
import { failed, type KnownFailure, showSessions } from '../../../sql/knownFailure.ts';

const runAgain = 'Run the whole transaction again.';

export const transactionFailures: readonly (readonly [string, KnownFailure])[] = [
  [
    '55P03',
    {
      code: 'QUERY_TIMEOUT',
      title: 'The statement waited too long for a lock',
      causes: [
        'Another session holds a lock on the same rows or table.',
        'NOWAIT was asked for, or lock_timeout is short.',
      ],
      fixes: ['Try again in a moment.', 'Find the session that holds the lock.'],
      retryable: true,
      actions: showSessions,
    },
  ],
  [
    '40P01',
    failed(
      'The transaction was rolled back because of a deadlock',
      ['Two sessions waited for each other; the server chose this one to end the deadlock.'],
      [runAgain, 'Change rows in the same order everywhere.'],
    ),
  ],
  [
    '40001',
    failed(
      'The transaction conflicts with another one',
      [
        'Another transaction has changed what this one read (REPEATABLE READ or SERIALIZABLE).',
        'On a standby: the primary removed rows that the query still needed.',
      ],
      [runAgain],
    ),
  ],
  [
    '25001',
    failed(
      'The statement cannot run inside a transaction',
      [
        'VACUUM, CREATE DATABASE, CREATE INDEX CONCURRENTLY and others run on their own only.',
        'The transaction isolation can be set before the first query only.',
      ],
      ['Commit or roll back first.', 'Run it by itself, with each statement committed at once.'],
      { actions: [{ action: 'roll-back' }] },
    ),
  ],
  [
    '25P02',
    failed(
      'The transaction has failed',
      ['An earlier statement of it failed. Until it ends, the server runs nothing else.'],
      ['Roll back, then run the transaction again.'],
      { actions: [{ action: 'roll-back' }] },
    ),
  ],
  [
    '25P01',
    failed(
      'There is no transaction',
      ['SAVEPOINT, LOCK TABLE and cursors need a transaction.'],
      ['Run BEGIN first, or turn off that each statement is committed at once.'],
    ),
  ],
  [
    '3B001',
    failed(
      'The savepoint does not exist',
      ['The name is misspelt, or the savepoint was released or rolled back.'],
      ['Check the name.'],
    ),
  ],
  [
    '2D000',
    failed(
      'The transaction cannot be ended here',
      ['A function, or a procedure that was called inside a transaction, may not COMMIT or ROLLBACK.'],
      ['Call the procedure outside of a transaction.'],
    ),
  ],
  [
    '34000',
    failed(
      'The cursor does not exist',
      ['It was closed, or its transaction has ended.', 'The name is misspelt.'],
      ['Declare it again in the same transaction, or WITH HOLD.'],
    ),
  ],
  [
    '24000',
    failed(
      'The cursor is not in the right state',
      ['It does not stand on a row, or cannot be moved like that.'],
      ['FETCH a row first, or declare it with SCROLL.'],
    ),
  ],
  [
    '42P03',
    failed(
      'The cursor already exists',
      ['A cursor of this name is open in the session.'],
      ['CLOSE it first.'],
    ),
  ],
  [
    '26000',
    failed(
      'The prepared statement does not exist',
      [
        'It was prepared in another session, or deallocated.',
        'A connection pooler gave the session to somebody else.',
      ],
      ['Prepare it again.', 'Use the pooler in session mode.'],
    ),
  ],
  [
    '42P05',
    failed(
      'The prepared statement already exists',
      ['One of this name is there in the session.', 'A connection pooler shares sessions.'],
      ['DEALLOCATE it first.'],
    ),
  ],
  [
    '55006',
    failed(
      'The object is in use',
      ['Other sessions use the database or the table.', 'A cursor or query of this session uses it.'],
      ['End the sessions that use it.', 'Close what uses it here.'],
      { actions: showSessions },
    ),
  ],
  [
    '55000',
    failed(
      'The object is not ready for this',
      [
        'A materialised view has no data yet, or a sequence was not used in this session.',
        'A view cannot be written to, or a setting of the server is needed first.',
      ],
      ["Read the server's message; it says what is missing.", 'REFRESH the materialised view.'],
      { retryable: false },
    ),
  ],
  [
    '55P04',
    failed(
      'A new value of an enum cannot be used yet',
      ['It was added in the same transaction.'],
      ['Commit first, then use it.'],
      { retryable: false },
    ),
  ],
  [
    '55P02',
    failed(
      'The setting cannot be changed now',
      ['It takes effect only when the server starts, or is set for all sessions.'],
      ['Ask the administrator to change it in the configuration of the server.'],
      { retryable: false },
    ),
  ],
];
