import type { ConnectionTextCodec } from '../../../connectionText/ConnectionTextCodec.ts';
import type { MysqlConfig } from '../config.ts';
import { interpret } from './interpret.ts';
import { spellings } from './spellings.ts';
import { urlOf } from './urlOf.ts';

export const mysqlCodec: ConnectionTextCodec<MysqlConfig> = {
  example: 'mysql://user@host:3306/database',
  spellings: spellings.map(({ label, fit, read }) => ({ label, fit, read: (text) => interpret(read(text)) })),
  urlOf,
};
