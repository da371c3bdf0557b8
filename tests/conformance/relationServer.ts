import type { ConformanceServer } from './ConformanceServer.ts';
import type { RelationServer } from './relations.ts';

const schema = 'conformance_relations';
const rowCount = 3_000;
const numbers = Array.from({ length: rowCount }, (_, index) => `(${index + 1})`);

/** The relation of the suite as a table of a server that speaks SQL. */
export function relationServer(server: ConformanceServer): RelationServer {
  const run = async (statements: readonly string[]): Promise<void> => {
    for (const statement of statements) await server.execute(statement);
  };
  return {
    engine: server.engine,
    password: server.password,
    relation: { schema, name: 'numbers', kind: 'table' },
    columns: ['n', 'note'],
    rowCount,
    wrong: server.wrong,
    prepare: () =>
      run([
        server.sql.dropSchema(schema),
        `CREATE SCHEMA ${schema}`,
        `CREATE TABLE ${schema}.numbers (n INT PRIMARY KEY, note VARCHAR(20))`,
        `INSERT INTO ${schema}.numbers (n) VALUES ${numbers.join(', ')}`,
      ]),
    cleanUp: () => run([server.sql.dropSchema(schema)]),
  };
}
