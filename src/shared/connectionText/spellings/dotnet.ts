import type { Fit, SettingsSpelling } from '../ConnectionTextCodec.ts';
import { splitSemicolons } from '../splitting/splitSemicolons.ts';
import { splitHost } from '../splitting/splitUrl.ts';
import { gather, type Vocabulary, type WrittenSetting } from '../vocabulary.ts';

/** What an engine says about the connection strings of its .NET libraries. */
export interface DotnetRules<Parameter extends string> {
  /** Compares names without their blanks and in lower case. */
  readonly vocabulary: Vocabulary<Parameter | 'host'>;
  /** What belongs to this engine alone, as `name` or `name=value` in lower case and without blanks in the name. */
  readonly own: RegExp;
  /** The same for names that its makers use and others take as well. */
  readonly preferred: RegExp;
  readonly usualPort: number;
  /** Whether a text that has the shape may be one, where that is not sure. */
  readonly mayBe?: (text: string) => boolean;
}

const looksLikeList = /^\s*[\w ]+=/;

/** `Host=db.example.com;Username=ann;Password="a;b";Database=shop` */
export const dotnetSpellingOf = <Parameter extends string>(
  rules: DotnetRules<Parameter>,
): SettingsSpelling<Parameter | 'host'> => ({
  label: 'a .NET connection string',
  fit: (text) => fitOf(text, rules),
  read: (text) => gather(withPortsApart(splitSemicolons(text), rules), rules.vocabulary),
});

function fitOf<Parameter extends string>(text: string, rules: DotnetRules<Parameter>): Fit {
  if (!looksLikeList.test(text) || !text.includes(';')) return 'no';
  const host = hostIn(() => splitSemicolons(text), rules.vocabulary);
  if (host === null) return rules.mayBe?.(text) === true ? 'possible' : 'no';
  return surenessOf(withPortsApart(splitSemicolons(text), rules), rules);
}

function surenessOf<Parameter extends string>(
  settings: readonly WrittenSetting[],
  { vocabulary: { normalName }, own, preferred, usualPort }: DotnetRules<Parameter>,
): Fit {
  const written = settings.map(({ name, value }) => `${normalName(name)}=${value.toLowerCase()}`);
  const port = written.find((setting) => setting.startsWith('port='))?.slice('port='.length);
  if (port === String(usualPort)) return 'certain';
  if (written.some((setting) => own.test(setting))) return 'certain';
  return written.some((setting) => preferred.test(setting)) ? 'likely' : 'possible';
}

/**
 * The host that a list has in a spelling; null when it has none there, or none that is one word.
 * @param split may refuse the text; then there is no host
 */
export function hostIn<Parameter extends string>(
  split: () => readonly WrittenSetting[],
  vocabulary: Vocabulary<Parameter | 'host'>,
): string | null {
  try {
    const host = gather(split(), vocabulary).parameters.get('host')?.value ?? '';
    return host === '' || /[\s;=]/.test(host) ? null : host;
  } catch {
    return null;
  }
}

/** `Host=db:5433` is taken as well. An IPv6 address has more than one colon. */
function withPortsApart<Parameter extends string>(
  settings: readonly WrittenSetting[],
  { vocabulary: { rows, normalName } }: DotnetRules<Parameter>,
): WrittenSetting[] {
  return settings.flatMap((setting) => {
    const meaning = rows.get(normalName(setting.name))?.[1];
    const isHost = meaning !== undefined && 'parameter' in meaning && meaning.parameter === 'host';
    if (!isHost || !/^(?:\[[^\]]*\]|[^:]+):\d+$/.test(setting.value)) return [setting];
    const { host, port } = splitHost(setting.value);
    return [
      { name: setting.name, value: host },
      { name: 'Port', value: port },
    ];
  });
}
