import type { ApiDocument } from '../../../../shared/model/requests.ts';
import { clipped, type JsonObject, listIn, memberOf, objectIn, textIn, valueText } from './JsonTree.ts';

type Server = ApiDocument['servers'][number];

const maxServers = 50;

/**
 * The servers of a document, each an address with a host. One without a host is relative to where the document came from.
 * @param warn hears of those that cannot be used
 */
export function readServers(root: JsonObject, from: URL | null, warn: (warning: string) => void): Server[] {
  const written = listIn(root, 'servers');
  const servers = (written.length === 0 ? [{ url: '/' }] : written).slice(0, maxServers);
  const found = servers.flatMap((server) => readServer(server, from) ?? []);
  if (found.length < servers.length) {
    warn(
      from === null
        ? 'The document does not say on which host the API is. Enter the base URL.'
        : 'The address of a server cannot be used.',
    );
  }
  return found;
}

function readServer(written: unknown, from: URL | null): Server | null {
  const template = textIn(written, 'url', 2_000);
  const variables = Object.entries(objectIn(written, 'variables') ?? {})
    .filter(([name]) => template.includes(`{${name}}`) && name.length <= 200)
    .map(([name, variable]) => variableOf(name, variable));
  const filled = variables.reduce((text, { name, value }) => text.replaceAll(`{${name}}`, value), template);
  const defaultUrl = absolute(filled, from);
  if (defaultUrl === null) return null;
  const url = isAbsolute(template) || variables.length === 0 ? null : joined(template, from);
  return {
    url: clipped(url ?? (variables.length === 0 ? defaultUrl : template), 2_000),
    defaultUrl,
    description: textIn(written, 'description', 500),
    variables,
  };
}

function variableOf(name: string, variable: unknown): Server['variables'][number] {
  const choices = listIn(variable, 'enum').map((choice) => clipped(valueText(choice), 500));
  const fallback = clipped(valueText(memberOf(variable, 'default')), 500);
  return { name, value: fallback === '' ? (choices[0] ?? '') : fallback, choices };
}

const isAbsolute = (text: string): boolean => /^(?:https?|\{\w+\}):\/\//i.test(text);

/** @returns null for an address without a host, of another protocol than HTTP, or with a part that is not filled in */
function absolute(text: string, from: URL | null): string | null {
  if (/[{}]/.test(text)) return null;
  if (/^https?:/i.test(text) && !/^https?:\/\/[^/?#]/i.test(text)) return null;
  const base = from !== null && /^https?:$/.test(from.protocol) ? from.href : undefined;
  if (!URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if (!/^https?:$/.test(url.protocol) || url.hostname === '' || url.username !== '' || url.password !== '')
    return null;
  url.search = '';
  url.hash = '';
  return withoutSlash(url.href);
}

/** A relative address whose variables are still to be filled in. */
function joined(template: string, from: URL | null): string {
  if (from === null) return template;
  if (template.startsWith('//')) return withoutSlash(`${from.protocol}${template}`);
  const folder = template.startsWith('/') ? '' : from.pathname.replace(/[^/]*$/, '');
  return withoutSlash(`${from.origin}${folder}${template}`);
}

/** The slash of a bare origin stays. */
const withoutSlash = (href: string): string =>
  /^[^:]+:\/\/[^/]*\/$/.test(href) ? href : href.replace(/\/+$/, '');
