/** Errors of the server about files, locks, memory and its settings, by their numbers, besides the most frequent ones. */
import { failed, type KnownFailure, showSessions } from '../../../sql/knownFailure.ts';

const outOfMemory = failed(
  'The server is out of memory',
  ['The statement needs more than the server has or allows.'],
  ['Work on less at a time.', 'Ask the administrator.'],
);

const tooManyLocks = failed(
  'The transaction holds too many locks',
  ['The memory for locks (innodb_buffer_pool_size) is used up.'],
  ['Change fewer rows in one transaction.'],
);

const fileTrouble = failed(
  'The server could not use a file',
  [
    'LOAD DATA without LOCAL, and INTO OUTFILE, use files of the server, not of this computer.',
    'The file is missing, or the server may not read it.',
  ],
  ['Save the result from the grid instead.', 'Ask the administrator.'],
);

export const serverObstacles: readonly (readonly [number, KnownFailure])[] = [
  [13, fileTrouble],
  [29, fileTrouble],
  [1016, fileTrouble],
  [1017, fileTrouble],
  [
    1086,
    failed(
      'The file already exists on the server',
      ['INTO OUTFILE never overwrites.'],
      ['Choose another name.', 'Save the result from the grid instead.'],
      { named: 'The file {first} already exists on the server' },
    ),
  ],
  [
    1030,
    failed(
      'The storage engine reports an error',
      ['The message has its number: 28 is a full disk.'],
      ["Send the server's message to the administrator."],
    ),
  ],
  [
    1031,
    failed(
      'The storage engine cannot do this',
      ['The table has an engine without this feature.'],
      ['Use InnoDB for the table.'],
      { named: 'The storage engine of {first} cannot do this' },
    ),
  ],
  [
    1036,
    {
      code: 'READ_ONLY',
      title: 'The table is read-only',
      causes: ['The table, or the whole server, cannot be written to.'],
      fixes: ['Ask the administrator.'],
      named: 'The table {first} is read-only',
    },
  ],
  [1037, outOfMemory],
  [1038, outOfMemory],
  [1041, outOfMemory],
  [
    1099,
    failed(
      'The table is locked for reading only',
      ['LOCK TABLES … READ is in force in this session.'],
      ['Run: UNLOCK TABLES, or lock it for writing.'],
      { named: '{first} is locked for reading only' },
    ),
  ],
  [
    1100,
    failed(
      'The table is not among those that are locked',
      ['LOCK TABLES is in force: only the tables that it names can be used.'],
      ['Run: UNLOCK TABLES, or lock this one too.'],
      { named: '{first} is not among the tables that are locked' },
    ),
  ],
  [1206, tooManyLocks],
  [
    1223,
    failed(
      'A read lock is in force',
      ['This session, or a backup, holds FLUSH TABLES WITH READ LOCK.'],
      ['Run: UNLOCK TABLES, or wait for the backup.'],
      { actions: showSessions },
    ),
  ],
  [
    1461,
    failed(
      'The server keeps too many prepared statements',
      ['The limit max_prepared_stmt_count is reached.'],
      ['Close sessions that nobody needs.'],
      { actions: showSessions },
    ),
  ],
  [
    1524,
    failed(
      'The server lacks a plugin',
      ['It is not loaded, or is one of another product.'],
      ['Ask the administrator to load it.'],
      { named: 'The server has no plugin {first}' },
    ),
  ],
  [
    1637,
    failed(
      'Too many transactions are open',
      ['The server has no room for another one.'],
      ['Try again in a moment.'],
      {
        retryable: true,
        actions: showSessions,
      },
    ),
  ],
  [
    1819,
    failed(
      'The password is too simple',
      ['A rule of the server (validate_password, simple_password_check) refuses it.'],
      ['Use a longer password with digits, capital letters and signs.'],
    ),
  ],
  [
    1878,
    failed(
      'The server could not write a temporary file',
      ['Its temporary folder is full.'],
      ['Ask the administrator.'],
    ),
  ],
  [
    3750,
    failed(
      'The table needs a primary key',
      ['The server requires one of each table (sql_require_primary_key).'],
      ['Add a primary key.'],
    ),
  ],
];
