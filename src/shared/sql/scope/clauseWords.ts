/** The words of a list. */
export const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

/** What ends the list of what a query selects. */
export const endsSelectList = words(`
  FROM INTO WHERE GROUP HAVING ORDER LIMIT OFFSET FETCH FOR WINDOW UNION INTERSECT EXCEPT MINUS RETURNING ON`);

/** Words behind a relation that are no alias of it. */
export const notAlias = words(`
  AS CROSS DEFAULT DO EXCEPT FETCH FOR FORCE FROM FULL GROUP HAVING IGNORE INNER INTERSECT INTO JOIN LATERAL LEFT LIMIT
  LOCK MINUS NATURAL OFFSET ON ORDER OUTER OVERRIDING PARTITION RETURNING RIGHT SELECT SET STRAIGHT_JOIN TABLESAMPLE
  UNION USE USING VALUES WHEN WHERE WINDOW WITH`);

/** What the first relation of a list may stand behind. */
export const beforeRelation = words(`
  FROM JOIN STRAIGHT_JOIN INTO UPDATE TABLE VIEW TRUNCATE REFERENCES DESCRIBE DESC COPY ONLY LATERAL`);

/** Between one of them and its relation. */
export const skippedBeforeRelation = words(
  'ONLY LATERAL TABLE IF NOT EXISTS IGNORE LOW_PRIORITY QUICK DELAYED',
);

/** What begins a query, or a statement in a WITH. */
export const beginsQuery = words('SELECT WITH VALUES TABLE INSERT UPDATE DELETE MERGE');

/** Commands in which ON names the relation that they are about. */
export const aboutRelation = words('CREATE GRANT REVOKE COMMENT');

export const setOperators = words('UNION INTERSECT EXCEPT MINUS');

/** Behind these no list of relations goes on. */
export const endsFrom = words(
  'WHERE GROUP HAVING ORDER LIMIT OFFSET FETCH WINDOW SET SELECT VALUES RETURNING FOR WHEN',
);

/** What shows that a parenthesis before it has not been closed yet: in parentheses, a query begins with SELECT. */
export const beyondParenthesis = words('FROM WHERE GROUP HAVING ORDER LIMIT UNION JOIN');
