import {
  excerptLengths,
  maxHitsPerObject,
  maxSearchHits,
  type SearchBatch,
  type SearchPlace,
  type SearchQuery,
} from '../../../../../shared/model/schemaSearch.ts';
import type { CatalogueSearch } from '../../../CatalogueSearch.ts';
import type { QueryOptions, SqlConnection } from '../../../Connection.ts';
import { type SearchDialect, searchPlaces } from '../../../sql/searchPlaces.ts';
import { placesSql } from './placesSql.ts';

/** Two characters that no text needs mark where the hit begins and ends. */
const begin = 'pg_catalog.chr(2)';
const end = 'pg_catalog.chr(3)';

/** Places whose texts have several lines. */
const hasLines: ReadonlySet<SearchPlace> = new Set(['comments', 'definitions']);

const matches = (text: string): string => `pg_catalog.regexp_match(${text}, $1, $2) IS NOT NULL`;

/**
 * The texts of a place that match, line by line. A whole text is looked at first, because most of them do not. The first
 * match of a line is put between marks by the server, since only it knows what its own expressions match.
 */
const searchSql = (place: SearchPlace): string => `
SELECT f.kind, f.schema, f.name, f.qualifier, f.part, f.part_name, ${hasLines.has(place) ? 'h.number' : 'NULL'},
       pg_catalog.right(h.before, ${excerptLengths.before + 1}), pg_catalog.left(h.hit, ${excerptLengths.hit + 1}),
       pg_catalog.left(h.after, ${excerptLengths.after + 1})
  FROM (${placesSql[place].join('\n  UNION ALL')}
  ) f (kind, schema, name, qualifier, part, part_name, text)
 CROSS JOIN LATERAL (
   SELECT l.number, pg_catalog.split_part(m.marked, ${begin}, 1) AS before,
          pg_catalog.split_part(pg_catalog.split_part(m.marked, ${begin}, 2), ${end}, 1) AS hit,
          pg_catalog.split_part(m.marked, ${end}, 2) AS after
     FROM pg_catalog.unnest(pg_catalog.string_to_array(f.text, pg_catalog.chr(10))) WITH ORDINALITY l (line, number)
    CROSS JOIN LATERAL (
      SELECT pg_catalog.regexp_replace(pg_catalog.translate(l.line, ${begin} || ${end}, ''), $1,
             ${begin} || E'\\\\&' || ${end}, $2)) m (marked)
    WHERE ${matches('l.line')}
    ORDER BY l.number LIMIT ${maxHitsPerObject}) h
 WHERE ${matches('f.text')}
 LIMIT ${maxSearchHits + 1}`;

/** `***=` says that all that follows is to be taken as it stands: nothing has to be escaped. */
const patternOf = ({ isRegex, text }: SearchQuery): string => (isRegex ? text : `***=${text}`);

const invalidRegularExpression = '2201B';

const dialect: SearchDialect = {
  statements: (place, query) => [
    {
      text: searchSql(place),
      // `n`: a line is a line, also where the whole text is looked at.
      values: [patternOf(query), query.matchesCase ? 'n' : 'ni'],
    },
  ],
  isBadPattern: ({ driverCode }) => driverCode === invalidRegularExpression,
};

/** Searches PostgreSQL's catalogue, a statement for each place. */
export class PostgresSearch implements CatalogueSearch {
  search(
    connection: SqlConnection,
    query: SearchQuery,
    options: QueryOptions,
  ): AsyncGenerator<SearchBatch, void, void> {
    return searchPlaces(connection, query, dialect, options);
  }
}
