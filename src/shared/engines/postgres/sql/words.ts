import type { SqlWords } from '../../../sql/SqlWords.ts';
import {
  functionsOf,
  phrasesOf,
  standardClauses,
  standardFunctions,
  standardOperators,
  standardStarts,
  wordsOf,
} from '../../../sql/standardWords.ts';

export const postgresWords: SqlWords = {
  highlighting: 'PostgreSQL',
  formatting: 'postgresql',
  usualSchema: 'public',
  starts: [
    ...standardStarts,
    ...phrasesOf(`
      MERGE INTO
      CREATE MATERIALIZED VIEW
      CREATE FUNCTION
      CREATE SCHEMA
      CREATE SEQUENCE
      CREATE TYPE
      CREATE EXTENSION
      REFRESH MATERIALIZED VIEW
      EXPLAIN ANALYZE
      ANALYZE
      VACUUM
      COPY
      DO
      CALL
      LISTEN
      NOTIFY
      SHOW
      REINDEX
      COMMENT ON
    `),
  ],
  clauses: [
    ...standardClauses,
    ...phrasesOf(`
      FULL JOIN
      LATERAL
      RETURNING
      ON CONFLICT
      DO UPDATE SET
      DO NOTHING
      DISTINCT ON
      NULLS FIRST
      NULLS LAST
      FETCH FIRST
      FILTER
      WITHIN GROUP
      GROUPING SETS
      TABLESAMPLE
      WITH ORDINALITY
      ONLY
      RECURSIVE
      MATERIALIZED
      CONCURRENTLY
      GENERATED ALWAYS AS IDENTITY
      FOR SHARE
      SKIP LOCKED
      CASCADE
      RESTRICT
    `),
  ],
  operators: [
    ...standardOperators,
    ...phrasesOf(`
      ILIKE
      SIMILAR TO
      IS DISTINCT FROM
      IS NOT DISTINCT FROM
      ANY
      ALL
      ARRAY
      ROW
      INTERVAL
      AT TIME ZONE
    `),
  ],
  types: wordsOf(`
    bigint bigserial boolean bytea char cidr citext date daterange double
    inet int4range int8range integer interval json jsonb macaddr money
    numeric numrange oid point real regclass serial smallint text time
    timestamp timestamptz tsquery tsrange tstzrange tsvector uuid varchar xml
  `),
  functions: [
    ...standardFunctions,
    ...functionsOf(`
      age(timestamp [, timestamp]) array_agg(value) array_length(array, dimension) array_position(array, value)
      array_to_string(array, separator) bool_and(value) bool_or(value) clock_timestamp() concat_ws(separator, value, …)
      current_setting(name) date_part(field, value) date_trunc(field, value) decode(text, format)
      encode(bytes, format) format(text, value, …) gen_random_uuid() generate_series(start, stop [, step])
      initcap(text) json_agg(value) json_build_object(key, value, …) jsonb_agg(value)
      jsonb_array_elements(json) jsonb_build_object(key, value, …) jsonb_each(json) jsonb_extract_path(json, key, …)
      jsonb_object_agg(key, value) jsonb_path_query(json, path) jsonb_pretty(json) jsonb_set(json, path, value)
      left(text, count) lpad(text, length [, fill]) make_date(year, month, day) make_interval(years, months)
      md5(text) now() num_nulls(value, …) percentile_cont(fraction) percentile_disc(fraction) pg_backend_pid()
      pg_cancel_backend(pid) pg_relation_size(relation) pg_size_pretty(bytes) pg_sleep(seconds)
      pg_terminate_backend(pid) pg_total_relation_size(relation) plainto_tsquery(text) position(text IN text)
      quote_ident(text) quote_literal(text) random() regexp_match(text, pattern) regexp_matches(text, pattern)
      regexp_replace(text, pattern, to) regexp_split_to_table(text, pattern) repeat(text, count) reverse(text)
      right(text, count) row_to_json(row) rpad(text, length [, fill]) setseed(seed) split_part(text, separator, n)
      starts_with(text, prefix) statement_timestamp() stddev(value) string_agg(value, separator)
      string_to_array(text, separator) strpos(text, text) to_char(value, format) to_date(text, format)
      to_json(value) to_jsonb(value) to_number(text, format) to_timestamp(text, format) to_tsquery(text)
      to_tsvector(text) translate(text, from, to) trunc(number [, digits]) unnest(array) variance(value)
      version() width_bucket(value, low, high, count)
    `),
  ],
};
