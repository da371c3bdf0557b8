/** Errors of the server about definitions of tables, keys, views and partitions, by their numbers. */
import { failed, type KnownFailure } from '../../../sql/knownFailure.ts';

const foreignKey = failed(
  'The foreign key cannot be made',
  [
    'The columns referred to have no key, or other types, signs or character sets.',
    'The table referred to does not exist, or has another storage engine.',
  ],
  ['Give both columns the same type.', 'Run SHOW ENGINE INNODB STATUS: it gives the reason.'],
);

const keyInUse = failed(
  'A foreign key needs it',
  ['The index, column or table is part of a foreign key.'],
  ['Drop the foreign key first.'],
  { named: '{first} is needed by a foreign key' },
);

const rowTooLarge = failed(
  'The row is too large for the table',
  ['All columns together may have at most 65,535 bytes, and a page holds two rows at least.'],
  ['Make long columns TEXT or BLOB.', 'Use ROW_FORMAT=DYNAMIC.'],
);

const keyTooLong = failed(
  'The key is too long',
  ['An index may have at most 3,072 bytes (767 in older formats); a character counts four.'],
  ['Index only the beginning: column(191).', 'Use ROW_FORMAT=DYNAMIC.'],
);

const generated = failed(
  'The column is generated',
  ['The server computes its values; the statement gave one.'],
  ['Leave the column out, or write DEFAULT.'],
  { named: 'The column {first} is generated' },
);

const brokenTable = failed(
  'The table is damaged',
  ['The server was killed while it wrote, or its disk has faults.'],
  ['Ask the administrator to run: CHECK TABLE, then REPAIR TABLE.'],
  { named: 'The table {first} is damaged' },
);

const noColumn = failed(
  'A table needs a column',
  ['The statement defines none.'],
  ['Define at least one column.'],
);

const needsExpression = failed(
  'A generated column cannot use this',
  ['Its expression must give the same result each time: no NOW, RAND or variables.'],
  ['Use an expression that depends on the row only.'],
);

export const definitionMistakes: readonly (readonly [number, KnownFailure])[] = [
  [1005, foreignKey],
  [1215, foreignKey],
  [1822, foreignKey],
  [1824, foreignKey],
  [3780, foreignKey],
  [6125, foreignKey],
  [1553, keyInUse],
  [1829, keyInUse],
  [1701, keyInUse],
  [1828, keyInUse],
  [1833, keyInUse],
  [3730, keyInUse],
  [
    1060,
    failed(
      'The column already exists',
      ['The table has a column of this name, or the query two.'],
      ['Choose another name; in a query, give an alias.'],
      { named: 'There already is a column {first}' },
    ),
  ],
  [
    1061,
    failed('The index already exists', ['The table has an index of this name.'], ['Choose another name.'], {
      named: 'There already is an index {first}',
    }),
  ],
  [
    1068,
    failed(
      'There already is a primary key',
      ['A table has one primary key.'],
      ['Drop it first, or make the new one unique.'],
    ),
  ],
  [1071, keyTooLong],
  [1709, keyTooLong],
  [
    1074,
    failed(
      'The column is too long',
      ['VARCHAR counts bytes of the row: at most 65,535 for all columns.'],
      ['Use TEXT.'],
      { named: 'The column {first} is too long' },
    ),
  ],
  [
    1075,
    failed(
      'AUTO_INCREMENT needs a key',
      ['A table has one such column, and it must be the first one of a key.'],
      ['Add PRIMARY KEY or an index to the column.'],
    ),
  ],
  [
    1101,
    failed(
      'The column cannot have this default',
      ['TEXT, BLOB, JSON and geometry take no plain default here.'],
      ['Use an expression in brackets, or leave the default out.'],
    ),
  ],
  [
    1067,
    failed(
      'The default does not fit the column',
      ['The value is none of the type; a zero date is refused by NO_ZERO_DATE.'],
      ['Correct the default.'],
      { named: 'The default of {first} does not fit' },
    ),
  ],
  [1118, rowTooLarge],
  [139, rowTooLarge],
  [
    1170,
    failed(
      'The index of a long column needs a length',
      ['TEXT and BLOB are indexed by their beginning.'],
      ['Give a length: column(100).'],
      { named: 'The index on {first} needs a length' },
    ),
  ],
  [
    1171,
    failed(
      'A column of the primary key must be NOT NULL',
      ['The column allows NULL.'],
      ['Declare it NOT NULL.'],
    ),
  ],
  [1113, noColumn],
  [4028, noColumn],
  [
    1115,
    failed(
      'The character set is not known',
      ['The name is misspelt, or the server lacks it.'],
      ['Use utf8mb4.'],
      { named: 'There is no character set {first}' },
    ),
  ],
  [
    1273,
    failed(
      'The collation is not known',
      ['The server lacks it: collations of MySQL 8 and of MariaDB differ.'],
      ['Use one that SHOW COLLATION lists.'],
      { named: 'There is no collation {first}' },
    ),
  ],
  [
    1253,
    failed(
      'The collation belongs to another character set',
      ['A collation is for one character set.'],
      ['Choose a collation of the character set.'],
    ),
  ],
  [
    1286,
    failed(
      'The storage engine is not known',
      ['The server was built or started without it.'],
      ['Use InnoDB, or one that SHOW ENGINES lists.'],
      { named: 'There is no storage engine {first}' },
    ),
  ],
  [
    1288,
    failed(
      'Rows cannot be changed through this view',
      ['It groups, joins or computes its rows.'],
      ['Write to its tables.'],
    ),
  ],
  [
    1471,
    failed(
      'Rows cannot be inserted through this view',
      ['The view does not have all columns of its table, or computes some.'],
      ['Insert into the table.'],
    ),
  ],
  [
    1347,
    failed(
      'The object is of another kind',
      ['The statement is for tables, and this is a view; or the other way round.'],
      ['Use the statement for this kind of object.'],
      { named: '{first} is of another kind' },
    ),
  ],
  [
    1369,
    failed(
      'The row would not be visible in the view',
      ['The view has WITH CHECK OPTION, and the row does not meet its condition.'],
      ['Correct the values, or write to the table itself.'],
      { named: 'The row would not be visible in {first}' },
    ),
  ],
  [1906, generated],
  [3105, generated],
  [1901, needsExpression],
  [3102, needsExpression],
  [
    1526,
    failed(
      'No partition takes the row',
      ['The table is partitioned, and none of its partitions is for this value.'],
      ['Add the partition that is missing.'],
    ),
  ],
  [
    1503,
    failed(
      'The key must include the partitioning columns',
      ['Each unique key of a partitioned table has all columns by which it is divided.'],
      ['Add the columns to the key.'],
    ),
  ],
  [
    1191,
    failed(
      'There is no full-text index for this',
      ['MATCH needs an index over exactly these columns.'],
      ['Create it: FULLTEXT INDEX (columns).'],
    ),
  ],
  [144, brokenTable],
  [145, brokenTable],
  [1034, brokenTable],
  [1194, brokenTable],
  [1195, brokenTable],
  [
    1812,
    failed(
      'The file of the table is missing',
      ['The tablespace was discarded or deleted on the server.'],
      ['Ask the administrator to restore it.'],
      { named: 'The file of {first} is missing' },
    ),
  ],
  [
    1846,
    failed(
      'The table cannot be changed in this way',
      ['ALGORITHM or LOCK ask for more than the server can do for this change.'],
      ['Leave ALGORITHM and LOCK out; the table may then be copied.'],
    ),
  ],
];
