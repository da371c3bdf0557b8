/** Errors of the server that are about the statement itself, and about the rows it wanted to write, by their numbers. */
import { failed, type KnownFailure } from '../../../sql/knownFailure.ts';

const noSuchObject = (what: string, fix: string, part: 'first' | 'last' = 'first'): KnownFailure =>
  failed(
    `${what} does not exist`,
    ['The name is misspelt, or it is in another database.', 'It was dropped or renamed.'],
    [fix, 'Write the name with its database: database.name.'],
    { named: `${what} {${part}} does not exist` },
  );

const exists = (what: string, part: 'first' | 'last' = 'first'): KnownFailure =>
  failed(
    `${what} already exists`,
    ['The name is taken.'],
    ['Choose another name, or drop the old one first.', 'Use IF NOT EXISTS if it may be there.'],
    { named: `${what} {${part}} already exists` },
  );

const duplicate = failed(
  'A row with this key already exists',
  ['A primary or unique key would have the same value twice; the message names the key and the value.'],
  [
    'Change the value, or update the row that is there.',
    'Use INSERT … ON DUPLICATE KEY UPDATE if that is wanted.',
  ],
  { named: 'A row with this key already exists ({last})' },
);

const isReferenced = failed(
  'Other rows refer to this row',
  ['A foreign key of another table refers to the row; the message names it.'],
  ['Delete or change those rows first.'],
  { named: 'Rows of {first} refer to this row' },
);

const noParent = failed(
  'The row refers to one that does not exist',
  ['A foreign key refers to a row that is not there; the message names it.'],
  ['Insert that row first, or correct the value.'],
  { named: 'The row of {first} refers to one that does not exist' },
);

const cannotBeNull = failed(
  'A column must have a value',
  ['The column does not allow NULL and has no default; the message names it.'],
  ['Give the column a value.'],
  { named: 'The column {first} must have a value' },
);

const tooLong = failed(
  'A value is too long for its column',
  ['The text or the bytes do not fit; the message names the column.'],
  ['Shorten the value, or make the column larger.'],
  { named: 'A value is too long for the column {first}' },
);

const outOfRange = failed(
  'A number is out of range',
  ['The number does not fit into its column, or the result of a calculation into its type.'],
  ['Use a larger type, such as BIGINT or DECIMAL.'],
);

const wrongValue = failed(
  'A value does not fit the type of its column',
  ['A text cannot be read as a number, date or time, or has characters that the column cannot store.'],
  ["Correct the value; the server's message names it.", 'Check the character set of the column.'],
);

const ambiguous = failed(
  'A column name is ambiguous',
  ['More than one table of the statement has a column of this name.'],
  ['Write the table in front of it: table.column.'],
  { named: 'More than one table has a column {first}' },
);

const brokenView = failed(
  'The view no longer works',
  [
    'A table, column or function that the view uses was dropped or renamed.',
    'The user that the view runs as may not use them.',
  ],
  ['Correct the definition of the view (CREATE OR REPLACE VIEW).', 'Ask the owner of the view.'],
  { named: 'The view {first} no longer works' },
);

const grouping = failed(
  'A column is neither grouped nor aggregated',
  ['The sql_mode ONLY_FULL_GROUP_BY requires each selected column in GROUP BY or in an aggregate function.'],
  ['Add the column to GROUP BY, or use an aggregate function such as MAX or ANY_VALUE.'],
);

const invalidJson = failed(
  'The text is not valid JSON',
  ['The text does not follow the rules of JSON; the message gives the place.'],
  ['Correct the text.'],
);

export const mistakes: readonly (readonly [number, KnownFailure])[] = [
  [1007, exists('The database', 'last')],
  [1008, noSuchObject('The database', 'Check the name of the database.', 'last')],
  [1022, duplicate],
  [
    1046,
    failed(
      'No database is selected',
      ['The data source names no database, and the statement does not either.'],
      ['Write the name with its database: database.table.', 'Run: USE database.'],
    ),
  ],
  [1048, cannotBeNull],
  [1049, noSuchObject('The database', 'Check the name of the database.')],
  [1050, exists('The table')],
  [1051, noSuchObject('The table', 'Check the name; on many servers it is case-sensitive.')],
  [1052, ambiguous],
  [
    1054,
    failed(
      'A column does not exist',
      [
        'The name is misspelt, or the column is in a table that the statement does not use.',
        'A text stands in double quotes, which mark a name under the sql_mode ANSI_QUOTES.',
      ],
      ['Check the columns of the table.', 'Write texts in single quotes.'],
      { named: 'There is no column {first}' },
    ),
  ],
  [1055, grouping],
  [1062, duplicate],
  [
    1064,
    failed(
      'The statement has a syntax error',
      [
        'The server does not understand it from the place that its message quotes.',
        'It is more than one statement: each must be run by itself.',
      ],
      [
        'Check the statement just before the quoted place.',
        'Put names that are reserved words in backticks.',
      ],
    ),
  ],
  [1072, noSuchObject('The key column', 'Check the columns of the table.')],
  [1091, noSuchObject('The column or index', 'Check the columns and indexes of the table.', 'last')],
  [1109, noSuchObject('The table or alias', 'Check the names and aliases of the tables.')],
  [
    1136,
    failed(
      'The number of values does not match the columns',
      ['A row has more or fewer values than there are columns.'],
      ['List the columns, and give one value for each.'],
    ),
  ],
  [1140, grouping],
  [4092, noSuchObject('The view', 'Check the name; on many servers it is case-sensitive.')],
  [1146, noSuchObject('The table', 'Check the name; on many servers it is case-sensitive.')],
  [1217, isReferenced],
  [1216, noParent],
  [
    1242,
    failed(
      'A subquery returns more than one row',
      ['Where one value is needed, the subquery has several rows.'],
      ['Use IN, or limit the subquery to one row.'],
    ),
  ],
  [1264, outOfRange],
  [
    1267,
    failed(
      'Texts have different collations',
      ['Two texts cannot be compared because neither collation takes precedence.'],
      ['Add COLLATE to one of them, such as COLLATE utf8mb4_general_ci.'],
    ),
  ],
  [1292, wrongValue],
  [
    1298,
    noSuchObject(
      'The time zone',
      'Use an offset such as +02:00, or ask the administrator to load the time zones.',
    ),
  ],
  [1304, exists('The routine')],
  [1305, noSuchObject('The function or procedure', 'Check the name of the function or procedure.')],
  [
    1318,
    failed(
      'The number of arguments is wrong',
      ['The routine expects more or fewer arguments; the message says how many.'],
      ['Check the parameters of the routine.'],
    ),
  ],
  [1356, brokenView],
  [1364, cannotBeNull],
  [
    1365,
    failed(
      'Division by zero',
      ['The divisor is 0, which the sql_mode does not allow here.'],
      ['Use NULLIF(divisor, 0) to get NULL instead.'],
    ),
  ],
  [1366, wrongValue],
  [1406, tooLong],
  [1411, wrongValue],
  [
    1415,
    failed(
      'A result set is not allowed here',
      ['A function or trigger returns rows.'],
      ['Use SELECT … INTO to keep the values.'],
    ),
  ],
  [1451, isReferenced],
  [1452, noParent],
  [1690, outOfRange],
  [3140, invalidJson],
  [3141, invalidJson],
  [
    3819,
    failed(
      'A check constraint is violated',
      ['The row does not meet the condition of the constraint that the message names.'],
      ['Correct the values of the row.'],
      { named: 'The row violates the check {first}' },
    ),
  ],
  [
    4025,
    failed(
      'A check constraint is violated',
      ['The row does not meet the condition of the constraint that the message names.'],
      ['Correct the values of the row.'],
      { named: 'The row violates the check {first}' },
    ),
  ],
];
