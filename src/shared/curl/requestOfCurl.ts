import type { ApiRequest } from '../model/requests.ts';
import { newResource, type Pair, type Parameter, type Resource } from '../model/resources.ts';
import type { ReadCurl } from './readCurl.ts';

/** The path of a command behind a base URL; null when it asks another origin, or lies beside that URL. */
function pathBehind(url: string, baseUrl: string): string | null {
  if (!URL.canParse(baseUrl)) return null;
  const base = new URL(baseUrl);
  const asked = new URL(url);
  const folder = base.pathname.replace(/\/+$/, '');
  const isBehind = asked.pathname === folder || asked.pathname.startsWith(`${folder}/`);
  if (asked.origin !== base.origin || !isBehind) return null;
  return asked.pathname.slice(folder.length) || '/';
}

/** Whether a command asks the API at a base URL, so that its request can be sent there. */
export const isAtBaseUrl = ({ url }: ReadCurl, baseUrl: string): boolean => pathBehind(url, baseUrl) !== null;

/**
 * The request of a command behind a base URL; the whole path of one that asks elsewhere (`isAtBaseUrl`). How it logs in is
 * no part of it: that belongs to the data source.
 */
export function requestOfCurl(read: ReadCurl, baseUrl: string): ApiRequest {
  const { method, url, query, headers, body } = read;
  return {
    method,
    path: pathBehind(url, baseUrl) ?? new URL(url).pathname,
    parameters: query.map(parameterOf),
    headers: [...headers],
    body,
  };
}

/** The resource that reads what a command does: one that changes nothing. Null for one of another method. */
export function resourceOfCurl(read: ReadCurl, baseUrl: string): Resource | null {
  const { method, path, parameters, headers, body } = requestOfCurl(read, baseUrl);
  if (method !== 'GET' && method !== 'POST') return null;
  const words = path.split('/').filter((part) => /^[\w.-]+$/.test(part));
  return {
    ...newResource,
    name: words.at(-1)?.slice(0, 100) ?? 'resource',
    ...{ method, path, body },
    parameters: [
      ...parameters,
      ...headers.map((pair) => ({ ...parameterOf(pair), place: 'header' as const })),
    ],
  };
}

const parameterOf = ({ name, value }: Pair): Parameter => ({
  ...{ name, value, place: 'query', isRequired: false, isList: false, isExploded: false },
  description: '',
  choices: [],
});
