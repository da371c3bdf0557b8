import type { ConnectionReading } from '../../src/shared/connectionText/reading.ts';
import { isMeantFor, readText } from '../../src/shared/connectionText/readText.ts';
import { mysqlCodec } from '../../src/shared/engines/mysql/connectionText/codec.ts';
import { mysqlEngine } from '../../src/shared/engines/mysql/engine.ts';
import { postgresCodec } from '../../src/shared/engines/postgres/connectionText/codec.ts';
import { postgresEngine } from '../../src/shared/engines/postgres/engine.ts';
import { restCodec } from '../../src/shared/engines/rest/connectionText/codec.ts';
import { restEngine } from '../../src/shared/engines/rest/engine.ts';

const engines = [
  { kind: 'postgres', label: postgresEngine.label, codec: postgresCodec },
  { kind: 'mysql', label: mysqlEngine.label, codec: mysqlCodec },
  { kind: 'rest', label: restEngine.label, codec: restCodec },
];

/** Reads a text as the app does, with every engine asked. */
export const readAny = (text: string) => readText(text, engines);

/** Whether a text is meant for one of the engines. */
export const isMeant = (text: string) => isMeantFor(text, engines);

/** The reading; fails the test when the text is refused. */
export function accepted(text: string): ConnectionReading<string> {
  const reading = readAny(text);
  if (!reading.ok) throw new Error(`refused: ${reading.message}`);
  return reading;
}

/** What a connection comes to, in one line: `user:password@host:port/database tls`. */
export function inShort(text: string): string {
  const { values, secrets } = accepted(text);
  const place = values.transport === 'socket' ? values.socketPath : `${values.host}:${values.port}`;
  return `${values.user}:${secrets.password ?? '-'}@${place}/${values.database} ${values.tlsMode}`;
}

/** All that is reported of a text but its secrets. */
export function reported(text: string): string {
  const reading = readAny(text);
  if (!reading.ok) return JSON.stringify(reading);
  return JSON.stringify({ ...reading, secrets: null, taken: [...reading.taken] });
}
