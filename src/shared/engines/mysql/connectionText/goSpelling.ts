import type { SettingsSpelling } from '../../../connectionText/ConnectionTextCodec.ts';
import {
  decodeForm,
  decodePercent,
  splitHost,
  splitQuery,
} from '../../../connectionText/splitting/splitUrl.ts';
import { gather, type WrittenSetting } from '../../../connectionText/vocabulary.ts';
import { goVocabulary, type MysqlParameter } from './vocabularies.ts';

/**
 * `user:password@protocol(address)/database?name=value`. The scheme is that of golang-migrate, which puts one in front.
 * A variable in front of it, with its `=` or `: `, is not part of the user, and neither is the scheme of a URL.
 */
const withAddress =
  /^(?:mysql:\/\/)?(?:([^\s:="']*)(?::((?!\s|(?:[a-z]+:)?\/\/).*))?@)?(tcp[46]?|unix)\(([^()]*)\)\/([^?/]*)(?:\?(.*))?$/is;
/** `user:password@/database`, on this computer. */
const withoutAddress = /^([^\s:="'/]+)(?::((?!\s|(?:[a-z]+:)?\/\/).*))?@()()\/([^?/]*)(?:\?(.*))?$/is;

const matchOf = (text: string) => withAddress.exec(text) ?? withoutAddress.exec(text);

/** The data source name of Go's driver. User and password are written as they are. Source: go-sql-driver 1.9, `ParseDSN`. */
export const goSpelling: SettingsSpelling<MysqlParameter> = {
  label: 'a data source name of Go',
  fit(text) {
    if (withAddress.test(text)) return 'certain';
    return withoutAddress.test(text) ? 'likely' : 'no';
  },
  read(text) {
    const [, user = '', password = '', protocol = '', address = '', path = '', query = ''] =
      matchOf(text) ?? [];
    const login = [
      { name: 'user', value: user },
      { name: 'password', value: password },
      { name: 'dbname', value: decodePercent(path) },
    ];
    const settings = splitQuery(query, decodeForm).map(inMilliseconds);
    return gather([...login, ...placeSettings(protocol, address), ...settings], goVocabulary);
  },
};

/** What Go's driver does without an address: this computer over TCP. */
function placeSettings(protocol: string, address: string): WrittenSetting[] {
  if (protocol.toLowerCase() === 'unix') {
    return [
      { name: 'socket', value: address },
      { name: 'protocol', value: 'socket' },
    ];
  }
  const { host, port } = splitHost(address);
  return [
    { name: 'host', value: host || '127.0.0.1' },
    { name: 'port', value: port },
  ];
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A duration such as `1m30s` or `500ms`, as a number of milliseconds; all else stays as it is. */
function inMilliseconds(setting: WrittenSetting): WrittenSetting {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(setting.value)) return setting;
  const parts = [...setting.value.matchAll(/([\d.]+)(ms|s|m|h)/g)];
  const total = parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitsMs[unit] ?? 0), 0);
  return { ...setting, value: String(total) };
}
