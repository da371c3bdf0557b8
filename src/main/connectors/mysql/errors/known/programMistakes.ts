/** Errors of the server about routines, triggers, prepared statements, transactions and accounts, by their numbers. */
import { failed, type KnownFailure } from '../../../sql/knownFailure.ts';

const xaState = failed(
  'The XA transaction is in another state',
  ['XA START, END, PREPARE and COMMIT go in this order.', 'An XA transaction is open; others are refused.'],
  ['End it first: XA END, then XA ROLLBACK or XA COMMIT.'],
);

const notInRoutine = failed(
  'The statement is not allowed in a function or trigger',
  ['It would commit, or use what only a procedure may.'],
  ['Use a procedure.'],
);

export const programMistakes: readonly (readonly [number, KnownFailure])[] = [
  [
    1094,
    failed(
      'There is no session of this number',
      ['It has ended already.'],
      ['Look at the list of sessions again.'],
      { actions: [{ action: 'open-activity' }] },
    ),
  ],
  [
    1133,
    failed(
      'There is no such account',
      ['An account is a user and an address; the combination does not exist.'],
      ["Check both: 'user'@'host'."],
    ),
  ],
  [
    1141,
    failed(
      'There is no such privilege to take away',
      ['It was granted to another account, or on another object.'],
      ['Look it up: SHOW GRANTS FOR …'],
      { named: '{first} has no such privilege' },
    ),
  ],
  [
    1243,
    failed(
      'The prepared statement does not exist',
      ['It was prepared in another session, or deallocated.'],
      ['Prepare it again.'],
    ),
  ],
  [
    1303,
    failed(
      'Routines cannot be made inside of each other',
      ['CREATE stands in the body of a routine.'],
      ['Make them one after the other.'],
    ),
  ],
  [1308, failed('LEAVE or ITERATE has no such label', ['The label is not around it.'], ['Check the label.'])],
  [
    1313,
    failed('RETURN is for functions', ['It stands in a procedure.'], ['Use LEAVE, or an OUT parameter.']),
  ],
  [1320, failed('The function has no RETURN', ['Each function returns a value.'], ['Add RETURN.'])],
  [1324, failed('The cursor does not exist', ['It is not declared in this block.'], ['Declare it.'])],
  [1326, failed('The cursor is not open', ['OPEN was not run.'], ['Open it first.'])],
  [1327, failed('The variable is not declared', ['The name is misspelt.'], ['Declare it.'])],
  [
    1329,
    failed('No row was found', ['FETCH or SELECT … INTO found none.'], ['Declare a handler for NOT FOUND.']),
  ],
  [
    1336,
    failed(
      'The statement is not allowed in a function or trigger',
      ['Dynamic SQL runs in procedures only.'],
      ['Use a procedure.'],
    ),
  ],
  [
    1359,
    failed('The trigger already exists', ['The name is taken.'], ['Drop it first.'], {
      named: 'There already is a trigger {first}',
    }),
  ],
  [
    1360,
    failed(
      'The trigger does not exist',
      ['The name is misspelt, or it is in another database.'],
      ['Check the name.'],
    ),
  ],
  [
    1362,
    failed(
      'A trigger cannot change this row',
      ['OLD is read-only, and after the change NEW is too.'],
      ['Use a BEFORE trigger to change NEW.'],
    ),
  ],
  [
    1396,
    failed(
      'The account could not be changed',
      ['It exists already, or it does not exist.'],
      ['Use IF NOT EXISTS or IF EXISTS.', 'Look at the accounts: SELECT user, host FROM mysql.user.'],
    ),
  ],
  [1397, xaState],
  [1398, xaState],
  [1399, xaState],
  [1400, xaState],
  [1401, xaState],
  [1402, xaState],
  [1422, notInRoutine],
  [
    1418,
    failed(
      'The function must say that it is deterministic',
      ['The server keeps a binary log, and the function declares nothing.'],
      ['Add DETERMINISTIC, NO SQL or READS SQL DATA.'],
    ),
  ],
  [
    1419,
    failed(
      'The user may not make functions or triggers here',
      ['The server keeps a binary log, and the user lacks SUPER (log_bin_trust_function_creators).'],
      ['Ask the administrator.'],
    ),
  ],
  [
    1424,
    failed(
      'A function may not call itself',
      ['Recursion is for procedures.'],
      ['Use a procedure, or WITH RECURSIVE.'],
    ),
  ],
  [
    1436,
    failed(
      'The statement is too deeply nested',
      ['The stack of the server (thread_stack) is used up.'],
      ['Nest less.', 'Ask the administrator to increase thread_stack.'],
    ),
  ],
  [
    1442,
    failed(
      'A trigger or function cannot change the table that called it',
      ['The statement already uses the table.'],
      ['Set NEW.column in a BEFORE trigger instead.'],
      { named: 'The trigger cannot change {first}' },
    ),
  ],
  [
    1456,
    failed(
      'A procedure calls itself too often',
      ['The limit max_sp_recursion_depth is reached; it is 0 unless set.'],
      ['Run: SET SESSION max_sp_recursion_depth = 100.'],
    ),
  ],
  [
    1568,
    failed(
      'The isolation cannot be changed during a transaction',
      ['A transaction is open.'],
      ['Commit or roll back first.'],
      { actions: [{ action: 'roll-back' }] },
    ),
  ],
  [
    1644,
    failed(
      'A routine or trigger refused it',
      ['Code in the database raised the error (SIGNAL); the message is its own.'],
      ['Read the message; it is for you.', 'Ask whoever wrote the routine.'],
    ),
  ],
  [
    1645,
    failed('There is no error to raise again', ['RESIGNAL stands outside of a handler.'], ['Use SIGNAL.']),
  ],
];
