/** Errors of PostgreSQL about values, by SQLSTATE (classes 21 and 22). */
import { failed, type KnownFailure } from '../../../sql/knownFailure.ts';

export const valueFailures: readonly (readonly [string, KnownFailure])[] = [
  [
    '22P02',
    failed(
      'A text cannot be read as the type wanted',
      ['A number, UUID, JSON, date or truth value was expected; the message quotes the text.'],
      ['Correct the text.', 'To find the rows: check them with a regular expression before the cast.'],
    ),
  ],
  [
    '22003',
    failed(
      'A number is out of range',
      ['The result, or the value, does not fit into the type.'],
      ['Use a larger type: bigint, or numeric without a limit.'],
    ),
  ],
  [
    '22012',
    failed('Division by zero', ['The divisor is 0.'], ['Use nullif(divisor, 0) to get NULL instead.']),
  ],
  [
    '22001',
    failed(
      'A value is too long for its column',
      ['The text is longer than character varying(n) allows.'],
      ['Shorten the value with left(value, n).', 'Make the column larger, or use text.'],
    ),
  ],
  [
    '22007',
    failed(
      'A text is not a valid date or time',
      ['The form is not known; the message quotes the text.'],
      ['Write dates as 2026-12-31.', 'Read other forms with to_date or to_timestamp.'],
    ),
  ],
  [
    '22008',
    failed(
      'A date or time is out of range',
      [
        'There is no such day or time, such as 31 February.',
        'Day and month are the other way round (DateStyle).',
      ],
      ['Correct the value.', 'Write dates as 2026-12-31.'],
    ),
  ],
  [
    '22021',
    failed(
      'The text has bytes that its encoding does not allow',
      ['The data is in another encoding than the one declared.', 'A text holds the byte 0.'],
      ["Declare the encoding of the data, such as COPY … ENCODING 'latin1'.", 'Remove the bytes.'],
    ),
  ],
  [
    '22P05',
    failed(
      'A character does not exist in the other encoding',
      ['The database does not use UTF-8, and its encoding lacks the character that the message names.'],
      ['Replace the character.', 'Move the data into a database with the encoding UTF8.'],
    ),
  ],
  [
    '2201B',
    failed(
      'The regular expression is not valid',
      ['A bracket or a quantifier is not complete.'],
      ['Correct the pattern.', 'Put a backslash before characters that are meant literally.'],
    ),
  ],
  [
    '22025',
    failed(
      'A pattern of LIKE ends with its escape character',
      ['A backslash at the end of the pattern escapes nothing.'],
      ['Write the backslash twice, or choose another character with ESCAPE.'],
    ),
  ],
  [
    '22023',
    failed(
      'A value is not allowed here',
      ['An argument of a function, or the value of a setting, is outside of what it may be.'],
      ["Read the server's message; it names the value."],
    ),
  ],
  [
    '22004',
    failed(
      'NULL is not allowed here',
      ['An argument must have a value.'],
      ['Use coalesce(value, …) to give one.'],
    ),
  ],
  [
    '22011',
    failed(
      'A length is negative',
      ['The function substring or overlay was asked for fewer than 0 characters.'],
      ['Use greatest(length, 0).'],
    ),
  ],
  [
    '2201E',
    failed(
      'There is no logarithm of this number',
      ['Logarithms exist for numbers greater than 0 only.'],
      ['Use nullif(value, 0), or leave such rows out.'],
    ),
  ],
  [
    '2201F',
    failed(
      'There is no such power',
      ['The root of a negative number, or 0 to a negative power.'],
      ['Leave such rows out.'],
    ),
  ],
  [
    '2201W',
    failed('LIMIT is negative', ['The number of rows must be 0 or more.'], ['Use LIMIT ALL for all rows.']),
  ],
  ['2201X', failed('OFFSET is negative', ['The offset must be 0 or more.'], ['Use 0 or more.'])],
  [
    '22013',
    failed(
      'The frame of a window is not valid',
      ['PRECEDING or FOLLOWING has a negative or missing offset.'],
      ['Use an offset of 0 or more.'],
    ),
  ],
  [
    '2202E',
    failed(
      'The subscript of an array is not valid',
      ['The array has no such dimension, or the parts differ in length.'],
      ['Check it with array_dims(value).'],
    ),
  ],
  [
    '22030',
    failed(
      'A JSON object has the same key twice',
      ['Two entries have one key, and WITH UNIQUE was asked for.'],
      ['Make the keys unique.'],
    ),
  ],
  [
    '22033',
    failed(
      'The path into the JSON value does not fit',
      ['The path is strict, and the array is shorter.'],
      ['Use a lax path, or check the length first.'],
    ),
  ],
  [
    '2203A',
    failed(
      'The path into the JSON value finds nothing',
      ['The path is strict, and the object has no such key.'],
      ['Use a lax path: lax $.key.'],
    ),
  ],
  [
    '22P04',
    failed(
      'The data of COPY does not have the form that was declared',
      [
        'A line has more or fewer columns than the table, or a quote is not closed.',
        'The separator is another one.',
      ],
      ["Read the server's message; it gives the line.", 'Check FORMAT, DELIMITER and HEADER.'],
    ),
  ],
  [
    '22009',
    failed(
      'The offset of a time zone is out of range',
      ['Offsets go from -15:59 to +15:59.'],
      ['Correct the offset.'],
    ),
  ],
  [
    '21000',
    failed(
      'More than one row where one is needed',
      [
        'A subquery in place of a value returns several rows.',
        'INSERT … ON CONFLICT DO UPDATE meets the same row twice.',
      ],
      ['Use IN, or limit the subquery to one row.', 'Remove duplicates from the rows first.'],
    ),
  ],
];
