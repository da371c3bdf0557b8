import { z } from 'zod';
import {
  type PostgresNodeFactKey,
  postgresNodeFactKeys,
} from '../../../../../shared/engines/postgres/facts.ts';
import type { Fact } from '../../../../../shared/model/fact.ts';
import { nodeListSchema } from '../../../../../shared/model/schemaTree.ts';

/** Facts as the server answers them, by key. */
export const foundFacts = z.partialRecord(
  z.enum(postgresNodeFactKeys),
  z.union([z.string(), z.number()]).nullable(),
);
export type FoundFacts = z.infer<typeof foundFacts>;

/** Lists as the server answers them; null for one that a node of this kind cannot have. */
export const foundLists = z
  .array(nodeListSchema.nullable())
  .transform((lists) => lists.filter((list) => list !== null));

/** What is no text. */
const typeOf: Partial<Readonly<Record<PostgresNodeFactKey, 'bytes' | 'count' | 'moment'>>> = {
  connectionLimit: 'count',
  validUntil: 'moment',
  size: 'bytes',
  tableSize: 'bytes',
  indexSize: 'bytes',
  toastSize: 'bytes',
  liveRows: 'count',
  deadRows: 'count',
  lastVacuum: 'moment',
  lastAutovacuum: 'moment',
  lastAnalyse: 'moment',
  lastAutoanalyse: 'moment',
};

function factValue(key: PostgresNodeFactKey, found: string | number): Fact['value'] {
  const type = typeOf[key];
  if (type === undefined) return { type: 'text', text: String(found) };
  const number = Number(found);
  return type === 'moment' ? { type, at: number } : { type, count: number };
}

/** In the order in which they are shown; what is null is not worth a line. */
export const shownFacts = (found: FoundFacts): Fact[] =>
  postgresNodeFactKeys.flatMap((key) => {
    const value = found[key];
    return value === undefined || value === null ? [] : [{ key, value: factValue(key, value) }];
  });
