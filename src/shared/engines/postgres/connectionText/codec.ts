import type { ConnectionTextCodec } from '../../../connectionText/ConnectionTextCodec.ts';
import type { PostgresConfig } from '../config.ts';
import { interpret } from './interpret.ts';
import { spellings } from './spellings.ts';
import { urlOf } from './urlOf.ts';

export const postgresCodec: ConnectionTextCodec<PostgresConfig> = {
  example: 'postgresql://user@host:5432/database',
  spellings: spellings.map(({ label, fit, read }) => ({ label, fit, read: (text) => interpret(read(text)) })),
  urlOf,
};
