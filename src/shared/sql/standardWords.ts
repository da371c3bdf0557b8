import type { SqlFunction } from './SqlWords.ts';

/** `name(args)` of each function, with blanks around lines that hold none. */
export const functionsOf = (text: string): readonly SqlFunction[] =>
  Array.from(text.matchAll(/(\w+)\(([^)]*)\)/g), ([, name = '', args = '']) => ({ name, args }));

/** The words of a text. */
export const wordsOf = (text: string): readonly string[] => text.trim().split(/\s+/);

/** One or several words a line. */
export const phrasesOf = (text: string): readonly string[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

/** Words that every dialect of SQL has. */
export const standardStarts = phrasesOf(`
  SELECT
  WITH
  INSERT INTO
  UPDATE
  DELETE FROM
  CREATE TABLE
  CREATE VIEW
  CREATE INDEX
  ALTER TABLE
  DROP TABLE
  DROP VIEW
  TRUNCATE
  EXPLAIN
  BEGIN
  COMMIT
  ROLLBACK
  SAVEPOINT
  GRANT
  REVOKE
  SET
  VALUES
`);

export const standardClauses = phrasesOf(`
  FROM
  WHERE
  JOIN
  INNER JOIN
  LEFT JOIN
  RIGHT JOIN
  CROSS JOIN
  ON
  USING
  GROUP BY
  HAVING
  ORDER BY
  LIMIT
  OFFSET
  UNION
  UNION ALL
  INTERSECT
  EXCEPT
  VALUES
  SET
  AS
  ASC
  DESC
  DISTINCT
  OVER
  PARTITION BY
  WINDOW
  SELECT
  INTO
  PRIMARY KEY
  FOREIGN KEY
  REFERENCES
  DEFAULT
  UNIQUE
  CHECK
  CONSTRAINT
  NOT NULL
  FOR UPDATE
  ADD COLUMN
  DROP COLUMN
  RENAME TO
  IF EXISTS
  IF NOT EXISTS
`);

export const standardOperators = phrasesOf(`
  AND
  OR
  NOT
  IN
  IS NULL
  IS NOT NULL
  LIKE
  BETWEEN
  EXISTS
  CASE
  WHEN
  THEN
  ELSE
  END
  NULL
  TRUE
  FALSE
  CURRENT_DATE
  CURRENT_TIMESTAMP
`);

export const standardFunctions = functionsOf(`
  abs(number) avg(value) cast(value AS type) ceil(number) coalesce(value, …) concat(text, …) count(*) exp(number)
  extract(field FROM value) first_value(value) floor(number) greatest(value, …) lag(value [, offset [, default]])
  last_value(value) lead(value [, offset [, default]]) least(value, …) length(text) ln(number) lower(text) ltrim(text)
  max(value) min(value) mod(number, divisor) ntile(buckets) nullif(value, value) power(base, exponent) rank()
  dense_rank() percent_rank() cume_dist() replace(text, from, to) round(number [, digits]) row_number() rtrim(text)
  sign(number) sqrt(number) substring(text FROM start FOR count) sum(value) trim(text) upper(text)
`);
