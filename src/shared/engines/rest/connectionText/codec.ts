import type { ConnectionTextCodec } from '../../../connectionText/ConnectionTextCodec.ts';
import type { RestConfig } from '../config.ts';
import { restSpellings } from './spellings.ts';

export const restCodec: ConnectionTextCodec<RestConfig> = {
  example: 'https://api.example.com/v1',
  spellings: restSpellings,
  urlOf,
};

/** The base URL; with user and password where they are sent like that. Other keys have no place in a URL. */
function urlOf({ baseUrl, auth }: RestConfig, _timeouts: unknown, password: string | null): string {
  if (auth.type !== 'basic') return baseUrl;
  const secret = password === null ? '' : `:${encoded(password)}`;
  return baseUrl.replace('://', `://${encoded(auth.user)}${secret}@`);
}

/** A shell that finds it between single quotes leaves it as it is. */
const encoded = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');
