/** Set in the matrix, where the server of the tests is of another version in turn. */
const inMatrix = process.env.MOORING_POSTGRES_NAME;

export const isMatrix = inMatrix !== undefined;
/** What the server of the tests is called. */
export const testedPostgres = inMatrix ?? 'PostgreSQL 18';
export const testedMajor = Number(/\d+/.exec(testedPostgres)?.[0]);

/** Since version 14 the server tells a table that is empty from one that nobody has analysed. */
export const knowsEmptyTables = testedMajor >= 14;
