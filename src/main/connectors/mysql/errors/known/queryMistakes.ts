/** Errors of the server about queries and values, by their numbers, besides the most frequent ones. */
import { failed, type KnownFailure } from '../../../sql/knownFailure.ts';

const invalidPattern = failed(
  'The regular expression is not valid',
  ['A bracket or a quantifier is not complete.'],
  ['Correct the pattern.', 'Put two backslashes before characters that are meant literally.'],
);

const tooDeep = failed(
  'The recursive query went too deep',
  ['It has more rounds than the server allows (cte_max_recursion_depth).', 'Nothing ends the recursion.'],
  ['Add a condition that ends it.', 'Run: SET SESSION cte_max_recursion_depth = 10000.'],
);

const noLocalFile = failed(
  'Reading files of this computer is turned off',
  [
    'LOAD DATA LOCAL is forbidden by the server (local_infile); Mooring never sends a file that a server asks for.',
  ],
  ['Import the file with a pipeline instead.'],
);

const wrongSetting = failed(
  'The setting does not take this value',
  ['The value is none of those allowed.'],
  ["Read the server's message; it names the setting."],
  { named: 'The setting {first} does not take this value' },
);

export const queryMistakes: readonly (readonly [number, KnownFailure])[] = [
  [1065, failed('The statement is empty', ['There are only blanks or comments.'], ['Write a statement.'])],
  [
    1066,
    failed(
      'A table stands in the statement twice',
      ['Two tables have the same name or alias.'],
      ['Give each an alias of its own.'],
      { named: '{first} stands in the statement twice' },
    ),
  ],
  [
    1093,
    failed(
      'The table that is changed cannot be read in a subquery',
      ['UPDATE or DELETE reads its own table in a subquery.'],
      ['Put the subquery into another one: SELECT * FROM (SELECT …) AS copy.', 'Use a join.'],
      { named: '{last} is changed and read in one statement' },
    ),
  ],
  [1096, failed('No table is named', ['SELECT * needs a FROM.'], ['Name a table.'])],
  [
    1103,
    failed(
      'The name of the table is not valid',
      ['It is too long, or ends with a blank.'],
      ['Correct the name.'],
    ),
  ],
  [
    1110,
    failed('A column is set twice', ['The statement names the column more than once.'], ['Name it once.'], {
      named: '{first} is set twice',
    }),
  ],
  [
    1111,
    failed(
      'An aggregate function is not allowed here',
      ['It stands in WHERE, where rows are not grouped yet, or inside of another one.'],
      ['Move the condition to HAVING, or use a subquery.'],
    ),
  ],
  [1139, invalidPattern],
  [3685, invalidPattern],
  [3688, invalidPattern],
  [3692, invalidPattern],
  [3696, invalidPattern],
  [1148, noLocalFile],
  [3948, noLocalFile],
  [4166, noLocalFile],
  [
    1172,
    failed(
      'More than one row where one is needed',
      ['SELECT … INTO takes one row.'],
      ['Add a condition, or LIMIT 1.'],
    ),
  ],
  [
    1193,
    failed(
      'The setting does not exist',
      ['The name is misspelt, or is one of MySQL on MariaDB, or the other way round.'],
      ["Look it up: SHOW VARIABLES LIKE '…'."],
      { named: 'There is no setting {first}' },
    ),
  ],
  [
    1210,
    failed(
      'A function got a wrong argument',
      ['The value is none that the function takes.'],
      ['Check the arguments.'],
      { named: 'A wrong argument for {first}' },
    ),
  ],
  [
    1221,
    failed(
      'Two parts of the statement exclude each other',
      ['Such as ORDER BY in front of UNION.'],
      ['Put the parts of a UNION in brackets.'],
    ),
  ],
  [
    1222,
    failed(
      'The queries of the UNION differ in their columns',
      ['Each must have the same number of columns.'],
      ['Add NULL for what is missing.'],
    ),
  ],
  [
    1229,
    failed(
      'The setting is for the whole server',
      ['It has no value of the session.'],
      ['An administrator can run: SET GLOBAL.'],
      { named: 'The setting {first} is for the whole server' },
    ),
  ],
  [1231, wrongSetting],
  [1232, wrongSetting],
  [
    1238,
    failed(
      'The setting cannot be changed',
      ['It is fixed when the server starts.'],
      ['Ask the administrator to change the configuration.'],
      { named: 'The setting {first} cannot be changed' },
    ),
  ],
  [
    1235,
    failed(
      'The server does not support this yet',
      ['The message names the feature; LIMIT in an IN subquery is a frequent one.'],
      ['Use a join, or a subquery in FROM.'],
    ),
  ],
  [
    1241,
    failed(
      'The number of columns does not match',
      ['A subquery has several columns where one is needed.'],
      ['Select one column.'],
    ),
  ],
  [
    1247,
    failed(
      'An alias is used before it is known',
      ['An alias of the selection cannot be used there.'],
      ['Repeat the expression, or use a subquery.'],
      { named: 'The alias {first} cannot be used here' },
    ),
  ],
  [1248, failed('A subquery in FROM needs a name', ['Each has an alias.'], ['Write: (SELECT …) AS name.'])],
  [
    1265,
    failed(
      'A value would be cut off',
      ['The value does not fit the column: none of an ENUM, or too many digits.'],
      ['Correct the value.'],
      { named: 'A value would be cut off in the column {first}' },
    ),
  ],
  [
    1300,
    failed(
      'A text has bytes that its character set does not allow',
      ['The data is in another character set than declared.'],
      ['Declare it: CHARACTER SET latin1.'],
    ),
  ],
  [
    1416,
    failed(
      'The value is no geometry',
      ['A text or number stands where a geometry is needed.'],
      ['Use ST_GeomFromText.'],
    ),
  ],
  [
    1425,
    failed('Too many digits after the point', ['DECIMAL has at most 30 (38 in MariaDB).'], ['Use fewer.']),
  ],
  [
    1426,
    failed('Too many digits', ['DECIMAL has at most 65; times at most 6 after the second.'], ['Use fewer.']),
  ],
  [
    1427,
    failed(
      'A number cannot have more digits after the point than in all',
      ['DECIMAL(M,D) needs M ≥ D.'],
      ['Correct the two numbers.'],
    ),
  ],
  [
    1463,
    failed(
      'HAVING uses a column that is not grouped',
      ['The column is neither in GROUP BY nor aggregated.'],
      ['Group by it, or use WHERE.'],
    ),
  ],
  [
    1525,
    failed(
      'A value is not valid',
      ['The server cannot read it as what it should be.'],
      ['Correct the value.'],
    ),
  ],
  [
    1582,
    failed(
      'The number of arguments is wrong',
      ['The function takes more or fewer.'],
      ['Check the arguments.'],
      { named: 'Wrong number of arguments for {first}' },
    ),
  ],
  [
    1630,
    failed(
      'The function does not exist',
      ['The name is misspelt, or a blank stands in front of the bracket.'],
      ['Check the name, and write name( without a blank.'],
    ),
  ],
  [
    3065,
    failed(
      'ORDER BY uses what DISTINCT does not select',
      ['The order of the rows left would not be clear.'],
      ['Select the column too.'],
    ),
  ],
  [3636, tooDeep],
  [4037, failed('The text is not valid JSON', ['It ends too early.'], ['Correct the text.'])],
  [4038, failed('The text is not valid JSON', ['It breaks the rules of JSON.'], ['Correct the text.'])],
  [
    4161,
    failed(
      'The type is not known',
      ['The name is misspelt, or the type is of another product.'],
      ['Check the name of the type.'],
      { named: 'There is no type {first}' },
    ),
  ],
];
