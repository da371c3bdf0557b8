import { describe } from 'vitest';
import { findServerPrograms, type MysqlProduct } from './serverPrograms.ts';

const hasMysql = (await findServerPrograms('mysql')) !== null;

/**
 * A suite against real servers of one product. On a machine without MySQL its suites are skipped and say so;
 * MariaDB is always there, or the suite fails.
 */
export function describeProduct(product: MysqlProduct, suite: () => void): void {
  if (product === 'mariadb' || hasMysql) describe(product, () => suite());
  else describe.skip('mysql: no such server here; npm test prints why', () => suite());
}
