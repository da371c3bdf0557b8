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

export const mysqlWords: SqlWords = {
  highlighting: 'MySQL',
  formatting: 'mysql',
  usualSchema: null,
  starts: [
    ...standardStarts,
    ...phrasesOf(`
      REPLACE INTO
      CREATE DATABASE
      CREATE PROCEDURE
      CREATE FUNCTION
      CREATE TRIGGER
      CREATE EVENT
      START TRANSACTION
      SHOW TABLES
      SHOW DATABASES
      SHOW CREATE TABLE
      SHOW PROCESSLIST
      DESCRIBE
      ANALYZE TABLE
      OPTIMIZE TABLE
      CHECK TABLE
      CALL
      USE
      LOCK TABLES
      UNLOCK TABLES
      KILL
    `),
  ],
  clauses: [
    ...standardClauses,
    ...phrasesOf(`
      STRAIGHT_JOIN
      NATURAL JOIN
      ON DUPLICATE KEY UPDATE
      FORCE INDEX
      USE INDEX
      IGNORE INDEX
      WITH ROLLUP
      FOR SHARE
      LOCK IN SHARE MODE
      SKIP LOCKED
      AUTO_INCREMENT
      ENGINE
      CHARACTER SET
      COLLATE
      MODIFY COLUMN
      CHANGE COLUMN
      RECURSIVE
      IGNORE
    `),
  ],
  operators: [
    ...standardOperators,
    ...phrasesOf(`
      DIV
      MOD
      XOR
      REGEXP
      RLIKE
      BINARY
      INTERVAL
    `),
  ],
  types: wordsOf(`
    bigint binary bit blob boolean char date datetime decimal double enum
    float geometry int json longblob longtext mediumblob mediumint mediumtext
    set smallint text time timestamp tinyblob tinyint tinytext varbinary
    varchar year
  `),
  functions: [
    ...standardFunctions,
    ...functionsOf(`
      adddate(date, days) bin(number) bin_to_uuid(bytes) char_length(text) concat_ws(separator, text, …)
      connection_id() conv(number, from, to) convert(value, type) curdate() current_user() curtime() database()
      date(value) date_add(date, INTERVAL n unit) date_format(date, format) date_sub(date, INTERVAL n unit)
      datediff(date, date) day(date) dayname(date) dayofweek(date) dayofyear(date) elt(n, text, …)
      field(text, text, …) find_in_set(text, list) format(number, digits) from_unixtime(seconds) get_lock(name, seconds)
      group_concat(value) hex(value) hour(time) if(condition, then, else) ifnull(value, other) inet_aton(text)
      instr(text, text) isnull(value) json_array(value, …) json_arrayagg(value) json_contains(json, value)
      json_extract(json, path) json_keys(json) json_length(json) json_object(key, value, …)
      json_objectagg(key, value) json_set(json, path, value) json_unquote(json) last_day(date) last_insert_id()
      left(text, count) locate(text, text) lpad(text, length, fill) makedate(year, day) md5(text) microsecond(time)
      minute(time) month(date) monthname(date) now() period_diff(period, period) quarter(date) quote(text) rand()
      regexp_like(text, pattern) regexp_replace(text, pattern, to) release_lock(name) repeat(text, count) reverse(text)
      right(text, count) row_count() rpad(text, length, fill) second(time) sha1(text) sha2(text, bits) sleep(seconds)
      space(count) std(value) stddev(value) str_to_date(text, format) strcmp(text, text) substr(text, start, count)
      substring_index(text, separator, count) sysdate() time(value) time_to_sec(time) timediff(time, time)
      timestamp(value) timestampdiff(unit, from, to) to_days(date) truncate(number, digits) unhex(text)
      unix_timestamp(date) user() utc_timestamp() uuid() uuid_to_bin(text) variance(value) version() week(date)
      weekday(date) year(date)
    `),
  ],
};
