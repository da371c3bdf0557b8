import type { ConnectionTextCodec } from '../../../connectionText/ConnectionTextCodec.ts';
import {
  type Gathered,
  gather,
  type WrittenSetting,
  withFallback,
} from '../../../connectionText/vocabulary.ts';
import type { PostgresConfig } from '../config.ts';
import { interpret } from './interpret.ts';
import { spellings } from './spellings.ts';
import { urlOf } from './urlOf.ts';
import { keywordVocabulary, type PostgresParameter } from './vocabularies.ts';

export const postgresCodec: ConnectionTextCodec<PostgresConfig> = {
  example: 'postgresql://user@host:5432/database',
  spellings: spellings.map(({ label, fit, read }) => ({
    label,
    fit,
    read: (text, service) => interpret(withService(read(text), service)),
    profileIn: (text) => read(text).parameters.get('service')?.value ?? null,
  })),
  urlOf,
};

/** With the settings of the service of `pg_service.conf` that the text names, where there are any. */
function withService(
  gathered: Gathered<PostgresParameter>,
  service: readonly WrittenSetting[] | undefined,
): Gathered<PostgresParameter> {
  if (service === undefined) return gathered;
  const parameters = new Map(gathered.parameters);
  parameters.delete('service');
  return withFallback({ ...gathered, parameters }, gather(service, keywordVocabulary));
}
