/** Errors of PostgreSQL about definitions: tables, constraints, functions and what depends on them. */
import { failed, type KnownFailure } from '../../../sql/knownFailure.ts';

export const definitionFailures: readonly (readonly [string, KnownFailure])[] = [
  [
    '2BP01',
    failed(
      'Other objects depend on it',
      [
        'A view, constraint, function or column uses the object, or a role owns something; the message lists them.',
      ],
      [
        'Drop or change those first.',
        'DROP … CASCADE drops them too: look at the list before you do.',
        'For a role: REASSIGN OWNED BY, then DROP OWNED BY.',
      ],
    ),
  ],
  [
    '42P16',
    failed(
      'The definition of the table is not valid',
      ['A table cannot have two primary keys, or a view lose columns with OR REPLACE.'],
      ["Read the server's message; it names the part."],
    ),
  ],
  [
    '42P17',
    failed(
      'The definition is not valid',
      [
        'An index or generated column uses a function that is not IMMUTABLE.',
        'A policy or a view refers to itself.',
      ],
      ["Read the server's message; it names the part."],
    ),
  ],
  [
    '42P13',
    failed(
      'The definition of the function is not valid',
      [
        'Its body does not return what it declares, or a part such as LANGUAGE is missing.',
        'OR REPLACE cannot change the type that it returns.',
      ],
      ['Correct the definition.', 'Drop the function first, then create it.'],
    ),
  ],
  [
    '42830',
    failed(
      'The foreign key cannot be made',
      ['The columns that it refers to have no primary or unique key.', 'The numbers of columns differ.'],
      ['Add a unique constraint to the columns referred to.'],
    ),
  ],
  [
    '428C9',
    failed(
      'The column is generated',
      ['The server computes its values (GENERATED ALWAYS); a statement gave one.'],
      ['Leave the column out, or write DEFAULT.', 'For an identity column: OVERRIDING SYSTEM VALUE.'],
      { named: 'The column {column} of {table} is generated' },
    ),
  ],
  [
    '0A000',
    failed(
      'The server does not support this',
      [
        'PostgreSQL has no such feature, or not for this kind of object.',
        'A connection pooler does not pass it on.',
      ],
      ["Read the server's message; it names the feature."],
    ),
  ],
  [
    '0LP01',
    failed(
      'The privilege cannot be granted like this',
      ['The kind of object has no such privilege, or a role would be a member of itself.'],
      ['Check the privilege and the object.'],
    ),
  ],
  [
    '2F005',
    failed(
      'A function ended without RETURN',
      ['A path through the function returns nothing.'],
      ['Add RETURN at its end.'],
    ),
  ],
  [
    '58P01',
    failed(
      'A file is missing on the server',
      [
        'COPY reads files of the server, not of this computer.',
        'The extension is not installed on the server, or its library is missing.',
      ],
      [
        'For a file of this computer: COPY … FROM STDIN; Mooring then asks for the file.',
        'Ask the administrator to install the extension.',
      ],
    ),
  ],
];
