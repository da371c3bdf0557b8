/** Errors of PostgreSQL about the rules of a table: keys, checks, policies of views (classes 23 and 44). */
import { failed, type KnownFailure } from '../../../sql/knownFailure.ts';

export const ruleFailures: readonly (readonly [string, KnownFailure])[] = [
  [
    '23505',
    failed(
      'A row with this key already exists',
      ['A primary or unique key would have the same value twice; the message names key and value.'],
      ['Change the value, or update the row that is there.', 'Use INSERT … ON CONFLICT if that is wanted.'],
      { named: 'A row of {table} with this key already exists ({constraint})' },
    ),
  ],
  [
    '23503',
    failed(
      'A foreign key is violated',
      [
        'The row refers to one that does not exist.',
        'Or other rows still refer to the row that is to be changed or deleted.',
      ],
      [
        'Insert the row that is referred to first, or correct the value.',
        'Change or delete the rows that refer to it first.',
      ],
      { named: 'The foreign key {constraint} of {table} is violated' },
    ),
  ],
  [
    '23001',
    failed(
      'Other rows refer to this row',
      ['A foreign key with ON DELETE or ON UPDATE RESTRICT refers to the row.'],
      ['Change or delete the rows that refer to it first.'],
      { named: 'Rows of {table} refer to this row ({constraint})' },
    ),
  ],
  [
    '23502',
    failed(
      'A column must have a value',
      ['The column does not allow NULL, and none was given.'],
      ['Give the column a value, or a default.'],
      { named: 'The column {column} of {table} must have a value' },
    ),
  ],
  [
    '23514',
    failed(
      'A check is violated',
      [
        'The row does not meet the condition of the constraint that the message names.',
        'No partition takes the row.',
      ],
      ['Correct the values of the row.', 'Add the partition that is missing.'],
      { named: 'The row violates the check {constraint} of {table}' },
    ),
  ],
  [
    '23P01',
    failed(
      'An exclusion constraint is violated',
      ['The row conflicts with one that is there, such as two bookings that overlap.'],
      ['Change the values, or the row that is there.'],
      { named: 'The row conflicts with one of {table} ({constraint})' },
    ),
  ],
  [
    '44000',
    failed(
      'The row would not be visible in the view',
      ['The view has WITH CHECK OPTION, and the row does not meet its condition.'],
      ['Correct the values, or write to the table itself.'],
    ),
  ],
  [
    'P0001',
    failed(
      'A function or trigger refused it',
      ['Code in the database raised the error (RAISE EXCEPTION); the message is its own.'],
      ['Read the message; it is for you.', 'Ask whoever wrote the function.'],
    ),
  ],
  [
    'P0002',
    failed(
      'A query in a function found no row',
      ['SELECT INTO STRICT wants exactly one row.'],
      ['Check what the function was called with.'],
    ),
  ],
  [
    'P0003',
    failed(
      'A query in a function found more than one row',
      ['SELECT INTO STRICT wants exactly one row.'],
      ['Check what the function was called with.'],
    ),
  ],
  [
    'P0004',
    failed(
      'An assertion in a function failed',
      ['ASSERT found that its condition does not hold.'],
      ['Ask whoever wrote the function.'],
    ),
  ],
];
