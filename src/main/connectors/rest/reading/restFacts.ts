import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { RestNodeFactKey, RestServerFactKey } from '../../../../shared/engines/rest/facts.ts';
import type { Fact } from '../../../../shared/model/fact.ts';
import type { Resource, ResourceColumn } from '../../../../shared/model/resources.ts';
import { remainingOf } from '../client/pacing/rateHeaders.ts';
import type { HeaderLines } from '../HeaderLines.ts';

type ServerFact = Fact & { readonly key: RestServerFactKey };
type NodeFact = Fact & { readonly key: RestNodeFactKey };

const textValue = (text: string): Fact['value'] => ({ type: 'text', text });

/** @param headers of an answer, for what only answers say; empty: not known */
export function serverFacts(config: RestConfig, headers: HeaderLines): ServerFact[] {
  const { auth, baseUrl, rateLimit, resources } = config;
  const remaining = remainingOf(headers);
  const facts: ServerFact[] = [
    { key: 'baseUrl', value: textValue(baseUrl) },
    { key: 'authentication', value: textValue(auth.type) },
  ];
  facts.push({ key: 'resourceCount', value: { type: 'count', count: resources.length } });
  if (rateLimit !== null) {
    facts.push({ key: 'rateLimit', value: textValue(`${rateLimit.requests} in ${rateLimit.seconds} s`) });
  }
  if (remaining !== null) facts.push({ key: 'remaining', value: { type: 'count', count: remaining } });
  return facts;
}

export function nodeFacts(resource: Resource, columns: readonly ResourceColumn[]): NodeFact[] {
  const { filters, incremental, method, pagination, parent, path, selector } = resource;
  const origins = [...new Set(columns.map(({ origin }) => origin))];
  const facts: (NodeFact | false)[] = [
    { key: 'request', value: textValue(`${method} ${path}`) },
    selector !== '' && { key: 'records', value: textValue(selector) },
    { key: 'pagination', value: textValue(pagination.type) },
    parent !== null && { key: 'parent', value: textValue(parent.name) },
    incremental !== null && { key: 'incremental', value: textValue(incremental.column) },
    filters.length > 0 && {
      key: 'pushedFilters',
      value: textValue(filters.map(({ column, operator }) => `${column} (${operator})`).join(', ')),
    },
    origins.length > 0 && { key: 'columnsFrom', value: textValue(origins.join(', ')) },
  ];
  return facts.filter((fact) => fact !== false);
}
