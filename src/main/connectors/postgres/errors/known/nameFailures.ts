/** Errors of PostgreSQL about the text of a statement and the names in it, by SQLSTATE (class 42, and what is like it). */
import { failed, type KnownFailure } from '../../../sql/knownFailure.ts';

const checkHint = "Read the server's message; it often names something similar.";
const gone = 'It was dropped or renamed, or it is in another database.';

const exists = (what: string): KnownFailure =>
  failed(
    `There already is a ${what} of this name`,
    ['The name is taken.'],
    [
      'Choose another name, or drop the old one first.',
      'Use IF NOT EXISTS or OR REPLACE where there is one.',
    ],
  );

export const nameFailures: readonly (readonly [string, KnownFailure])[] = [
  [
    '42601',
    failed(
      'The statement has a syntax error',
      ['The server does not understand the statement from the marked place on.'],
      [
        'Check the statement just before the marked place.',
        'Put names that are reserved words in double quotes.',
      ],
      { named: 'Syntax error at “{at}”' },
    ),
  ],
  [
    '42P01',
    failed(
      'The table or view does not exist',
      [
        'The name is misspelt. A name with capital letters must be in double quotes.',
        'It is in a schema that is not in the search path.',
        gone,
      ],
      ['Check the name in the navigator.', 'Write it with its schema: schema.table.'],
      { named: 'There is no table or view {at}' },
    ),
  ],
  [
    '42703',
    failed(
      'The column does not exist',
      [
        'The name is misspelt, or the column is in a table that the statement does not use.',
        'A text stands in double quotes, which mark a name.',
      ],
      ['Check the columns of the table.', checkHint, 'Write texts in single quotes.'],
      { named: 'There is no column {at}' },
    ),
  ],
  [
    '42883',
    failed(
      'The function or operator does not exist for these types',
      [
        'The name is misspelt, or the function is in a schema that is not in the search path.',
        'There is one of this name for other types only.',
      ],
      ['Check the name and the types of its arguments.', 'Cast an argument to the type wanted: value::type.'],
      { named: 'There is no function {at} for these arguments' },
    ),
  ],
  [
    '42704',
    failed(
      'A type, role or other object does not exist',
      ['The name is misspelt.', 'The extension that brings it is not installed in this database.', gone],
      ['Check the name.', 'Install the extension that brings it: CREATE EXTENSION.'],
      { named: 'There is nothing named {at} here' },
    ),
  ],
  [
    '3F000',
    failed(
      'The schema does not exist',
      ['The name is misspelt, or the schema is in another database.', 'No schema of the search path exists.'],
      ['Check the schemas in the navigator.', 'Create it: CREATE SCHEMA.'],
    ),
  ],
  [
    '3D000',
    failed(
      'The database does not exist',
      ['The name is misspelt; names are case-sensitive.'],
      ['Check the name of the database.'],
    ),
  ],
  [
    '42702',
    failed(
      'A column name is ambiguous',
      ['More than one table of the statement has a column of this name.'],
      ['Write the table in front of it: table.column.'],
      { named: 'More than one table has a column {at}' },
    ),
  ],
  [
    '42725',
    failed(
      'More than one function or operator fits',
      ['The types of the arguments do not decide between several functions of one name.'],
      ['Cast the arguments: value::type.'],
      { named: 'More than one function {at} fits these arguments' },
    ),
  ],
  [
    '42P09',
    failed(
      'A table name is ambiguous',
      ['Two tables of the statement have the same name or alias.'],
      ['Give each table an alias of its own.'],
    ),
  ],
  [
    '42712',
    failed(
      'A table or alias stands in the statement twice',
      ['Two entries of FROM have the same name.'],
      ['Give each an alias of its own.'],
      { named: '{at} stands in the statement twice' },
    ),
  ],
  [
    '42804',
    failed(
      'The types do not match',
      [
        'An expression has another type than is needed there, such as text for a number.',
        'The branches of UNION, CASE or COALESCE have different types.',
      ],
      ['Cast the expression: value::type.'],
    ),
  ],
  [
    '42846',
    failed(
      'The value cannot be cast to this type',
      ['There is no cast between the two types.'],
      ['Cast by way of text: value::text::type.'],
    ),
  ],
  [
    '42803',
    failed(
      'A column is neither grouped nor aggregated',
      [
        'Each selected column must be in GROUP BY or in an aggregate function.',
        'An aggregate function stands in WHERE, where rows are not grouped yet.',
      ],
      ['Add the column to GROUP BY, or use a function such as max.', 'Move the condition to HAVING.'],
      { named: '{at} must be grouped or aggregated' },
    ),
  ],
  [
    '42P20',
    failed(
      'A window function is not allowed here',
      ['Window functions are computed after WHERE, GROUP BY and HAVING.'],
      ['Compute it in a subquery, and filter outside of it.'],
    ),
  ],
  [
    '42P10',
    failed(
      'A column reference is not valid here',
      [
        'ON CONFLICT names columns that have no unique constraint.',
        'ORDER BY of a SELECT DISTINCT names what is not selected, or a position that is not there.',
      ],
      ['Name the columns of a unique constraint.', 'Select what the order needs.'],
    ),
  ],
  [
    '42P02',
    failed(
      'A parameter has no value',
      ['The statement has a $1 for which no value was sent.'],
      ['Give a value for each parameter.'],
      { named: 'The parameter {at} has no value' },
    ),
  ],
  [
    '42P18',
    failed(
      'The type of a parameter cannot be told',
      ['Nothing in the statement says what type the parameter has.'],
      ['Cast it: $1::text.'],
    ),
  ],
  [
    '42P08',
    failed(
      'A parameter is used with different types',
      ['The same parameter stands where two types are needed.'],
      ['Cast it in each place: $1::text.'],
    ),
  ],
  [
    '42P19',
    failed(
      'The recursive query is not valid',
      ['WITH RECURSIVE needs a part that does not refer to itself, UNION, and one that does, once.'],
      ['Write: initial SELECT UNION ALL recursive SELECT.'],
    ),
  ],
  [
    '42P21',
    failed(
      'Texts have different collations',
      ['Two explicit collations conflict.'],
      ['Use the same COLLATE on both sides.'],
    ),
  ],
  [
    '42P22',
    failed(
      'The collation cannot be determined',
      ['Two columns with different collations are compared or sorted together.'],
      ['Add COLLATE to one of them, such as COLLATE "C".'],
    ),
  ],
  ['42P07', exists('table, index or view')],
  ['42701', exists('column')],
  ['42710', exists('role, constraint or other object')],
  ['42723', exists('function')],
  ['42P04', exists('database')],
  ['42P06', exists('schema')],
  [
    '42602',
    failed(
      'A name is not valid here',
      ['It has characters or a form that names of this kind may not have.'],
      ['Check the name.'],
    ),
  ],
  [
    '42939',
    failed(
      'The name is reserved',
      ['Names that begin with pg_ are those of the system.'],
      ['Choose another name.'],
    ),
  ],
  [
    '42809',
    failed(
      'The object is of another kind',
      [
        'The statement is for tables, and this is a view; or the other way round.',
        'A procedure is run with CALL, a function with SELECT.',
      ],
      ['Use the statement for this kind of object.'],
      { named: '{at} is of another kind' },
    ),
  ],
];
