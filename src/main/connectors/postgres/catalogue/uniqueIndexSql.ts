/** The numbers of the columns of an index `i`; those behind INCLUDE are no part of its key. */
export const keyColumns = '(i.indkey::pg_catalog.int2[])[0:i.indnkeyatts - 1]';

/** Whether an index `i` tells all rows apart at any time: some are of expressions, for some rows only, or checked later. */
export const tellsRowsApart = `i.indisunique AND i.indisvalid AND i.indimmediate
       AND i.indpred IS NULL AND i.indexprs IS NULL`;
