import type { RestAuth, RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { ApiRequest } from '../../../../shared/model/requests.ts';
import type { Pagination, Pair, RequestBody, Resource } from '../../../../shared/model/resources.ts';
import { buildRequest } from '../reading/buildRequest.ts';
import { withoutParameter, withParameters } from './urls.ts';

type Secret = ((field: string) => Promise<string | null>) | null;

/**
 * The command that sends a request, for a POSIX shell. Without secrets it has variables of the shell in their places:
 * `$API_KEY`, `$PASSWORD`, `$TOKEN`. A token that has to be obtained first is always `$TOKEN`.
 */
export async function curlCommand(
  config: RestConfig,
  what: ApiRequest | Resource,
  secret: Secret,
  nowMs: number,
): Promise<string> {
  const isForm = what.body.type === 'multipart';
  // A form in parts is written by curl itself, so that no file is read here.
  const body: RequestBody = isForm ? { type: 'none' } : what.body;
  const parts = { ...what, body, ...('headers' in what ? { headers: what.headers } : {}) };
  const built = await buildRequest(config, parts, { values: new Map(), nowMs });
  const shown = await shownAuth(config.auth, secret);
  const url = withParameters(
    shown.query === null ? built.url : withoutParameter(built.url, shown.query.name),
    'pagination' in what ? firstPage(what.pagination) : [],
  );
  const hasBody = built.body !== null || isForm;
  const lines = [
    `curl${needsGlobOff(url) ? ' --globoff' : ''} ${methodFlag(built.method, hasBody)}${quotedUrl(url, shown.query)}`,
    ...headerFlags(config.headers, built.headers, shown.headerName),
    ...shown.flags,
    ...(built.body === null ? [] : bodyFlags(built.body)),
    ...(what.body.type === 'multipart' ? what.body.parts.map((part) => partFlag(part)) : []),
  ];
  return lines.join(' \\\n  ');
}

/** Everything between single quotes is itself, but for a single quote. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

interface ShownAuth {
  readonly flags: readonly string[];
  /** In lower case; null for none. */
  readonly headerName: string | null;
  /** A parameter with its value as the shell reads it; null for none. */
  readonly query: { readonly name: string; readonly value: string } | null;
}

async function shownAuth(auth: RestAuth, secret: Secret): Promise<ShownAuth> {
  const value = async (field: string, variable: string): Promise<string> => {
    const found = secret === null ? null : await secret(field);
    return found === null ? `"$${variable}"` : quoted(found);
  };
  const header = (name: string, prefix: string, shown: string): ShownAuth => ({
    flags: [`-H ${quoted(`${name}: ${prefix}`)}${shown}`],
    headerName: name.toLowerCase(),
    query: null,
  });
  switch (auth.type) {
    case 'none':
      return { flags: [], headerName: null, query: null };
    case 'api-key': {
      if (auth.place === 'header') return header(auth.name, '', await value('apiKey', 'API_KEY'));
      const key = secret === null ? null : await secret('apiKey');
      const shown = key === null ? '"$API_KEY"' : quoted(encodeURIComponent(key));
      return { flags: [], headerName: null, query: { name: auth.name, value: shown } };
    }
    case 'basic': {
      const password = await value('password', 'PASSWORD');
      const flags = [`-u ${quoted(`${auth.user}:`)}${password}`];
      return { flags, headerName: 'authorization', query: null };
    }
    case 'bearer':
      return header('Authorization', 'Bearer ', await value('token', 'TOKEN'));
    case 'oauth-client':
    case 'oauth-code':
      return header('Authorization', 'Bearer ', '"$TOKEN"');
    case 'session':
      return header(auth.headerName, auth.headerPrefix === '' ? '' : `${auth.headerPrefix} `, '"$TOKEN"');
  }
}

/** curl reads brackets and braces as lists of addresses. */
const needsGlobOff = ({ href }: URL): boolean => /[[\]{}]/.test(href);

function methodFlag(method: string, hasBody: boolean): string {
  if (method === 'HEAD') return '--head ';
  return method === (hasBody ? 'POST' : 'GET') ? '' : `-X ${method} `;
}

function quotedUrl(url: URL, query: ShownAuth['query']): string {
  if (query === null) return quoted(url.href);
  const sign = url.search === '' ? '?' : '&';
  return `${quoted(`${url.href}${sign}${encodeURIComponent(query.name)}=`)}${query.value}`;
}

function headerFlags(
  configured: readonly Pair[],
  requested: readonly (readonly [string, string])[],
  withheld: string | null,
): string[] {
  const own = new Set(requested.map(([name]) => name.toLowerCase()));
  const lines = [
    ...configured
      .filter(({ name }) => !own.has(name.toLowerCase()))
      .map(({ name, value }) => [name, value] as const),
    ...requested,
  ];
  return lines
    .filter(([name]) => name.toLowerCase() !== withheld)
    .map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
}

function bodyFlags({
  contentType,
  bytes,
}: {
  readonly contentType: string;
  readonly bytes: Buffer;
}): string[] {
  return [
    `-H ${quoted(contentType === '' ? 'Content-Type:' : `Content-Type: ${contentType}`)}`,
    `--data-raw ${quoted(bytes.toString('utf8'))}`,
  ];
}

type Part = Extract<RequestBody, { type: 'multipart' }>['parts'][number];

function partFlag({ name, contentType, content }: Part): string {
  const type = contentType === '' ? '' : `;type=${contentType}`;
  // In double quotes curl reads nothing of a value but backslashes and quotes.
  const value = content.type === 'file' ? `@"${escaped(content.path)}"` : `"${escaped(content.text)}"`;
  return `-F ${quoted(`${name}=${value}${type}`)}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"');

/** What the first page is asked for with. */
function firstPage(pagination: Pagination): Pair[] {
  switch (pagination.type) {
    case 'page': {
      const { parameter, first, size } = pagination;
      const sized = size === null ? [] : [{ name: size.parameter, value: String(size.value) }];
      return [{ name: parameter, value: String(first) }, ...sized];
    }
    case 'offset':
      return [
        { name: pagination.offsetParameter, value: '0' },
        { name: pagination.limitParameter, value: String(pagination.limit) },
      ];
    default:
      return [];
  }
}
