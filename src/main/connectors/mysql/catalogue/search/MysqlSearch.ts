import {
  excerptLengths,
  maxHitsPerObject,
  maxSearchHits,
  type SearchBatch,
  type SearchPlace,
  type SearchQuery,
} from '../../../../../shared/model/schemaSearch.ts';
import type { CatalogueSearch } from '../../../CatalogueSearch.ts';
import type { QueryOptions, SqlConnection, Statement } from '../../../Connection.ts';
import { type SearchDialect, searchPlaces } from '../../../sql/searchPlaces.ts';
import { errnoOf } from '../../errors/serverWords.ts';
import { placesSql } from './placesSql.ts';

/** Places whose texts have several lines. */
const hasLines: ReadonlySet<SearchPlace> = new Set(['comments', 'definitions']);

/** A character for private use, which JSON has no escape for, in the place of line breaks. */
const mark = '_utf8mb4 0xEFA3BF';

/** The lines of a text, as JSON. */
const linesJson = `CONCAT('[', REPLACE(JSON_QUOTE(REPLACE(f.text, _utf8mb4 0x0A, ${mark})), ${mark}, '","'), ']')`;

/** Lines that match, at most so many of each text. */
const matchingLines = (found: string): string => `
  SELECT m.*, ROW_NUMBER() OVER (PARTITION BY kind, place, name, part, part_name, text ORDER BY number) AS turn
    FROM (SELECT f.*, l.number, l.line
            FROM (${found}) f
            JOIN JSON_TABLE(${linesJson}, '$[*]' COLUMNS (number FOR ORDINALITY, line LONGTEXT PATH '$')) l) m
   WHERE m.line COLLATE utf8mb4_bin REGEXP ?`;

/**
 * The texts that match, line by line where they have lines. Where the first match of a line is, and how long it is, the
 * server has to say, since only it knows what its own expressions match.
 */
function searchSql(place: SearchPlace, branches: readonly string[]): string {
  const found = `
    SELECT * FROM (${branches.join('\n  UNION ALL')}
    ) texts WHERE text REGEXP ?`;
  const lines = hasLines.has(place)
    ? `${matchingLines(found)}`
    : `SELECT f.*, NULL AS number, f.text AS line, 1 AS turn FROM (${found}) f`;
  return `
SELECT kind, place, name, NULL, part, part_name, number,
       RIGHT(LEFT(line, place_of_hit - 1), ${excerptLengths.before + 1}),
       LEFT(hit, ${excerptLengths.hit + 1}),
       LEFT(SUBSTRING(line, place_of_hit + CHAR_LENGTH(hit)), ${excerptLengths.after + 1})
  FROM (SELECT x.*, REGEXP_INSTR(line COLLATE utf8mb4_bin, ?) AS place_of_hit, REGEXP_SUBSTR(line COLLATE utf8mb4_bin, ?) AS hit
          FROM (${lines}) x
         WHERE turn <= ${maxHitsPerObject}) y
 LIMIT ${maxSearchHits + 1}`;
}

/** What means something in an expression. */
const signs = /[\\^$.|?*+()[\]{}]/g;

/** `m`: a line is a line, also where the whole text is looked at. */
function patternOf({ isRegex, matchesCase, text }: SearchQuery): string {
  const pattern = isRegex ? text : text.replace(signs, '\\$&');
  return `${matchesCase ? '(?m)' : '(?im)'}${pattern}`;
}

/** ER_REGEXP_ERROR of both products, and those that MySQL has beside it. */
const isRegexError = (code: number): boolean => code === 1_139 || (code >= 3_684 && code <= 3_700);

const dialect: SearchDialect = {
  statements: (place, query) =>
    placesSql[place].map((branches): Omit<Statement, 'own'> => {
      const text = searchSql(place, branches);
      return { text, values: Array.from(text.matchAll(/\?/g), () => patternOf(query)) };
    }),
  isBadPattern: ({ cause }) => isRegexError(errnoOf(cause) ?? 0),
};

/** Searches the dictionary of MySQL or MariaDB, a statement or a few for each place. */
export class MysqlSearch implements CatalogueSearch {
  search(
    connection: SqlConnection,
    query: SearchQuery,
    options: QueryOptions,
  ): AsyncGenerator<SearchBatch, void, void> {
    return searchPlaces(connection, query, dialect, options);
  }
}
