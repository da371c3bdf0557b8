import type { ConnectionTextCodec } from '../connectionText/ConnectionTextCodec.ts';
import type { ConnectionReading, RefusedText } from '../connectionText/reading.ts';
import { isMeantFor, mayHoldPassword, profileIn, readText } from '../connectionText/readText.ts';
import type { WrittenSetting } from '../connectionText/vocabulary.ts';
import type { TimeoutSettings } from '../model/poolSettings.ts';
import { engineKinds, engineOf } from './engines.ts';
import { mysqlCodec } from './mysql/connectionText/codec.ts';
import { postgresCodec } from './postgres/connectionText/codec.ts';
import { restCodec } from './rest/connectionText/codec.ts';
import type { EngineConfigs, EngineKind, EngineSettings } from './settings.ts';

/**
 * The registry of the connection texts. A new engine has its line here. Apart from the registry of the engines, so that
 * the first screen does not load it.
 */
const codecs: { readonly [Kind in EngineKind]: ConnectionTextCodec<EngineConfigs[Kind]> } = {
  postgres: postgresCodec,
  mysql: mysqlCodec,
  rest: restCodec,
};

const askedEngines = engineKinds.map((kind) => ({ kind, label: engineOf(kind).label, codec: codecs[kind] }));

/**
 * Reads a connection of any engine, in any spelling that people paste. It never throws, reads no file or variable, and
 * what it reports never repeats any part of the text that could be the password.
 * @param profile what the text refers to by a name
 */
export const readConnectionText = (
  text: string,
  profile?: readonly WrittenSetting[],
): ConnectionReading<EngineKind> | RefusedText => readText(text, askedEngines, profile);

/** The settings that a text refers to by a name; null for a text that names none. */
export const profileInText = (text: string) => profileIn(text, askedEngines);

/** Whether a text belongs where connection text is read, and in no field that is not secret. */
export const isConnectionText = (text: string): boolean =>
  readConnectionText(text).ok || isMeantFor(text, askedEngines) || mayHoldPassword(text);

/** An address without a login and without a query, such as one of a token endpoint: a field may be meant for it. */
const plainAddress = /^\s*https?:\/\/[^\s/?#@]+(?:\/[^\s?#@]*)?\s*$/i;

/**
 * Whether a text that was typed into a field that is not secret belongs where connection text is read instead. Plain
 * addresses are at home in both.
 */
export const isMisplacedText = (text: string): boolean => !plainAddress.test(text) && isConnectionText(text);

/**
 * The URL of a data source, as the engine's own tools take it.
 * @param secrets those that go into the URL, by secret field; none leaves them all out
 */
export const connectionUrlOf = <Kind extends EngineKind>(
  { kind, config }: EngineSettings<Kind>,
  timeouts: TimeoutSettings,
  secrets: Readonly<Record<string, string>>,
): string => codecs[kind].urlOf(config, timeouts, secrets.password ?? null);
