import type { ApiDocument } from '../../../shared/model/requests.ts';

export type DocumentServer = ApiDocument['servers'][number];

/** The address of a server with its variables in their places; what nobody has changed has its default. */
export function serverUrl(server: DocumentServer, chosen: Readonly<Record<string, string>>): string {
  const values = new Map(server.variables.map(({ name, value }) => [name, chosen[name] ?? value]));
  return server.url.replace(/\{([^{}]+)\}/g, (place, name: string) => values.get(name) ?? place);
}
