import { randomUUID } from 'node:crypto';
import { createConnection, createPool } from 'mysql2/promise';
import pg from 'pg';
import { z } from 'zod';
import type { BundledSource } from '../../../src/main/sync/queue/runBundle.ts';
import { defaultTimeoutSettings } from '../../../src/shared/model/poolSettings.ts';

export interface PlaceServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A database of its own, as a worker gets it and as a test looks into it. */
export interface DataPlace {
  readonly source: BundledSource;
  /** Where tables are. */
  readonly schema: string;
  /** Each row as texts, NULL as null. */
  rows(text: string): Promise<readonly (readonly (string | null)[])[]>;
  /** Makes a text from the texts of all rows, which have the order of their texts. */
  joined(column: string): string;
  dispose(): Promise<void>;
}

type Engine = BundledSource['engine'];

const bundled = (engine: Engine, password: string): BundledSource => ({
  ...{ id: randomUUID(), name: engine.kind, engine, readOnly: false, timeouts: defaultTimeoutSettings },
  ...{ secrets: { password }, maxConnections: 8 },
});

const newName = () => `copies_${randomUUID().slice(0, 8)}`;

export async function postgresPlace({ host, port, user, password }: PlaceServer): Promise<DataPlace> {
  const database = newName();
  const root = new pg.Pool({ host, port, user, password, database: 'postgres', ssl: false, max: 1 });
  await root.query(`CREATE DATABASE ${database}`);
  const types = { getTypeParser: () => (value: string | null) => value };
  const pool = new pg.Pool({ host, port, user, password, database, ssl: false, max: 4, types });
  pool.on('error', () => undefined);
  const config = { host, port, database, user, tls: { mode: 'disable', caPem: null } } as const;
  return {
    ...{ source: bundled({ kind: 'postgres', config }, password), schema: 'public' },
    rows: async (text) => (await pool.query<(string | null)[]>({ text, rowMode: 'array' })).rows,
    joined: (column) => `string_agg(${column}, '' ORDER BY ${column} COLLATE "C")`,
    dispose: async () => {
      await pool.end();
      await root.query(`DROP DATABASE ${database} WITH (FORCE)`);
      await root.end();
    },
  };
}

export async function mysqlPlace({ host, port, user, password }: PlaceServer): Promise<DataPlace> {
  const schema = newName();
  const root = await createConnection({ host, port, user, password });
  await root.query(`CREATE DATABASE ${schema}`);
  const pool = createPool({
    ...{ host, port, user, password, database: schema, connectionLimit: 4 },
    typeCast: (field) => field.string(),
  });
  pool.on('connection', (connection) => {
    connection.query('SET SESSION group_concat_max_len = 1073741824');
  });
  const login = { host, port, socketPath: null, database: null, user } as const;
  const config = {
    ...login,
    tls: { mode: 'disable', caPem: null },
    timeZone: null,
    compression: false,
  } as const;
  return {
    ...{ source: bundled({ kind: 'mysql', config }, password), schema },
    rows: async (text) => {
      const [rows] = await pool.query({ sql: text, rowsAsArray: true });
      return z.array(z.array(z.string().nullable())).parse(rows);
    },
    joined: (column) => `group_concat(${column} ORDER BY ${column} SEPARATOR '')`,
    dispose: async () => {
      await pool.end();
      await root.query(`DROP DATABASE ${schema}`);
      await root.end();
    },
  };
}
