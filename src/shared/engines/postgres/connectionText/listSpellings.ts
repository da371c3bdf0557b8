import { splitKeywords, splitSemicolons } from '../../../connectionText/pairs.ts';
import type { Spelling } from '../../../connectionText/spelling.ts';
import { splitHost } from '../../../connectionText/splitUrl.ts';
import { gather, type Vocabulary, type WrittenSetting } from '../../../connectionText/vocabulary.ts';
import { dotnetVocabulary, keywordVocabulary, type PostgresParameter } from './vocabularies.ts';

const looksLikeList = /^\s*[\w ]+=/;

/** `host=db.example.com port=5432 dbname=shop user=ann password='two words'` */
export const keywordSpelling: Spelling<PostgresParameter> = {
  label: 'a list of libpq keywords',
  recognises: (text) => looksLikeList.test(text) && !dotnetSpelling.recognises(text),
  read: (text) => gather(splitKeywords(text), keywordVocabulary),
};

/** `Host=db.example.com;Username=ann;Password="a;b";Database=shop` */
export const dotnetSpelling: Spelling<PostgresParameter> = {
  label: 'a .NET connection string',
  recognises: isDotnet,
  read: (text) => gather(splitSemicolons(text).flatMap(withPortApart), dotnetVocabulary),
};

/**
 * Both lists begin alike, and a password may hold the separator of the other one. A list is of the spelling in which its
 * host is one word; where neither helps, semicolons make it .NET's.
 */
function isDotnet(text: string): boolean {
  if (!looksLikeList.test(text) || !text.includes(';')) return false;
  if (hostOf(text, splitSemicolons, dotnetVocabulary) !== null) return true;
  return hostOf(text, splitKeywords, keywordVocabulary) === null;
}

/** The host that a text has in a spelling; null when it has none there, or none that is one word. */
function hostOf(
  text: string,
  split: (text: string) => WrittenSetting[],
  vocabulary: Vocabulary<PostgresParameter>,
): string | null {
  try {
    const host = gather(split(text), vocabulary).parameters.get('host')?.value ?? '';
    return host === '' || /[\s;=]/.test(host) ? null : host;
  } catch {
    return null;
  }
}

/** Npgsql takes `Host=db:5433` as well. An IPv6 address has more than one colon. */
function withPortApart(setting: WrittenSetting): WrittenSetting[] {
  const isHost = dotnetVocabulary.rows.get(dotnetVocabulary.normalName(setting.name))?.[1];
  if (isHost === undefined || !('parameter' in isHost) || isHost.parameter !== 'host') return [setting];
  if (!/^(?:\[[^\]]*\]|[^:]+):\d+$/.test(setting.value)) return [setting];
  const { host, port } = splitHost(setting.value);
  return [
    { name: setting.name, value: host },
    { name: 'Port', value: port },
  ];
}
