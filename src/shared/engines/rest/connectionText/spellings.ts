import type { Spelling } from '../../../connectionText/ConnectionTextCodec.ts';
import { ConnectionTextRefused } from '../../../connectionText/ConnectionTextRefused.ts';
import type { ConnectionContents } from '../../../connectionText/reading.ts';
import { readCurl } from '../../../curl/readCurl.ts';
import { resourceOfCurl } from '../../../curl/requestOfCurl.ts';
import { isKeyName } from '../../../curl/secretNames.ts';
import { isCurl } from '../../../curl/splitCurl.ts';
import type { Pair } from '../../../model/resources.ts';
import { contentsOfApi } from './contents.ts';

const scheme = /^https?:\/\//i;

/** `https://user:password@api.example.com/v1?api_key=…`: all before the query is the base URL. */
const urlSpelling: Spelling<ConnectionContents> = {
  label: 'the URL of an API',
  fit: (text) => (scheme.test(text) ? 'certain' : 'no'),
  read(text) {
    if (/\s/.test(text) || !URL.canParse(text)) throw unreadable();
    const url = new URL(text);
    // What looks like a path may be the end of a password that is not encoded.
    if (url.pathname.includes('@') || url.hash.includes('@')) throw unreadable();
    const query = [...url.searchParams].map(([name, value]) => ({ name, value }));
    const keys = query.filter(({ name, value }) => isKeyName(name) && value !== '');
    const others = query.length - keys.length;
    return contentsOfApi({
      baseUrl: `${url.origin}${url.pathname.replace(/\/+$/, '')}`,
      auth: loginIn(url) ?? keyIn(keys),
      resource: null,
      leftOut: others > 0 ? [{ name: 'the query', reason: 'it belongs to single requests' }] : [],
      notes: [],
    });
  },
};

const unreadable = () =>
  new ConnectionTextRefused(
    'The address is ambiguous',
    'In a user name or password write # as %23, / as %2F, ? as %3F, @ as %40, : as %3A and % as %25.',
  );

function loginIn({ username, password }: URL) {
  if (username === '' && password === '') return null;
  try {
    return {
      type: 'basic' as const,
      user: decodeURIComponent(username),
      password: decodeURIComponent(password),
    };
  } catch {
    throw unreadable();
  }
}

function keyIn([key]: readonly Pair[]) {
  return key === undefined ? null : { type: 'api-key' as const, place: 'query' as const, ...key };
}

/** What a path of an API usually begins with: `/api`, `/v1`, `/rest/2.0`. */
const basePath = /^(?:\/(?:api|rest|public|services|v?\d+(?:\.\d+)*))*(?=\/|$)/i;

/** `curl https://api.example.com/v1/users -H 'Authorization: Bearer …'`: the API, and its first resource. */
const curlSpelling: Spelling<ConnectionContents> = {
  label: 'a curl command',
  fit: (text) => (isCurl(text) ? 'certain' : 'no'),
  read(text) {
    const read = readCurl(text);
    if (!read.ok) throw new ConnectionTextRefused(read.message, read.hint);
    const { origin, pathname } = new URL(read.url);
    const baseUrl = `${origin}${basePath.exec(pathname)?.[0] ?? ''}`;
    const isRead = read.method === 'GET' && pathname.length > baseUrl.length - origin.length + 1;
    return contentsOfApi({
      baseUrl,
      auth: read.auth,
      resource: isRead ? resourceOfCurl(read, baseUrl) : null,
      leftOut: read.method === 'GET' ? [] : [{ name: 'the request', reason: 'it may change something' }],
      notes: read.warnings,
    });
  },
};

export const restSpellings: readonly Spelling<ConnectionContents>[] = [curlSpelling, urlSpelling];
