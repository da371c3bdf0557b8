import { words } from '../scope/clauseWords.ts';
import { standardClauses, standardOperators, standardStarts } from '../standardWords.ts';

/** Reserved where names are told apart by their case. */
const reserved = words(`
  ALL ANALYZE ANY BY CALL COLLATE CONVERT CROSS DESCRIBE DIV FORCE FULL IGNORE INDEX INTERVAL KEY KILL LOCK MOD NATURAL
  OUTER RECURSIVE REGEXP REPLACE RLIKE SHOW STRAIGHT_JOIN TO USE XOR`);

const keyWords: ReadonlySet<string> = new Set([
  ...reserved,
  ...[...standardClauses, ...standardOperators, ...standardStarts].flatMap((phrase) => phrase.split(' ')),
]);

/** Whether a word is one of the language rather than a name, in every dialect. */
export const isKeyWord = (word: string): boolean => keyWords.has(word.toUpperCase());

/** Words of which none is the name of a function: behind them a bracket is no list of arguments. */
export const beforeBracket = words(`
  ALL AND ANY AS BETWEEN BY CASE CHECK DISTINCT ELSE EXCEPT EXISTS FROM HAVING IN INTERSECT JOIN KEY LIKE LIMIT NOT OFFSET
  ON OR OVER REFERENCES RETURNING SELECT SET SOME THEN UNION UNIQUE USING VALUES WHEN WHERE`);

/** Behind these a sign belongs to the number that follows. */
export const beforeValue = words(`
  ALL AND BETWEEN BY CASE DEFAULT DISTINCT ELSE HAVING IN INTERVAL LIKE LIMIT NOT OFFSET ON OR RETURN RETURNING SELECT
  THEN VALUES WHEN WHERE`);
