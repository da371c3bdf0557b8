import { createConnection } from 'mysql2/promise';
import pg from 'pg';
import type { FaultEngine } from '../support/faults/FaultEngine.ts';

/** A session of somebody who has nothing to do with pipelines. */
export interface OtherSession {
  query(text: string): Promise<unknown>;
  end(): Promise<void>;
}

interface Address {
  readonly host: string;
  readonly port: number;
  readonly password: string;
}

export async function openOtherSession(engine: FaultEngine['name'], server: Address): Promise<OtherSession> {
  if (engine === 'MariaDB') return createConnection({ ...server, user: 'root' });
  const client = new pg.Client({ ...server, user: 'postgres', database: 'postgres', ssl: false });
  await client.connect();
  return client;
}

/** The session was chosen to end a deadlock. */
export const isDeadlock = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '40P01' || error.code === 'ER_LOCK_DEADLOCK');
