import { mysqlEngine } from '../../../shared/engines/mysql/engine.ts';
import type { Dialect } from '../Dialect.ts';

const quoteIdentifier = mysqlEngine.quote;

export const mysqlDialect: Dialect = {
  quoteIdentifier,
  searchPath: 'SELECT DATABASE()',
  // Temporary tables, locks by name and prepared statements of a session are in no list that it may read.
  heldStates: null,
  transactions: {
    begin({ readOnly, isolation }) {
      const level = isolation === null ? [] : [`SET TRANSACTION ISOLATION LEVEL ${isolation}`];
      return [...level, readOnly ? 'START TRANSACTION READ ONLY' : 'START TRANSACTION'];
    },
    commit: 'COMMIT',
    rollback: 'ROLLBACK',
    savepoint: (name) => `SAVEPOINT ${quoteIdentifier(name)}`,
    release: (name) => `RELEASE SAVEPOINT ${quoteIdentifier(name)}`,
    rollbackTo: (name) => `ROLLBACK TO SAVEPOINT ${quoteIdentifier(name)}`,
  },
};
