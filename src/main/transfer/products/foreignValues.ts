import { JsonRefused, parseStrictJson } from '../../base/strictJson.ts';

/** How values of a file of unknown shape are read: what is missing or of another type is empty. */

export type Fields = ReadonlyMap<string, unknown>;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const fieldsOf = (value: unknown): Fields => new Map(isObject(value) ? Object.entries(value) : []);

export const partOf = (fields: Fields, key: string): Fields => fieldsOf(fields.get(key));

/** A text, number or truth as text. */
export function textOf(fields: Fields, key: string): string {
  const value = fields.get(key);
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}

/** Also as products write it in a text. */
export const isOn = (fields: Fields, key: string): boolean => ['true', '1'].includes(textOf(fields, key));

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** @returns undefined for a text that is no JSON */
export async function jsonOf(text: string): Promise<unknown> {
  try {
    return await parseStrictJson(text);
  } catch (error) {
    if (error instanceof JsonRefused) return undefined;
    throw error;
  }
}

/** The engines that other products know, too. */
export type ForeignEngine = 'postgres' | 'mysql';

/** By the names that most products have for them. MariaDB is spoken to in the same way as MySQL. */
export const engineNames: ReadonlyMap<string, ForeignEngine> = new Map([
  ['postgresql', 'postgres'],
  ['mysql', 'mysql'],
  ['mariadb', 'mysql'],
]);

/** TLS in the words of the engine's own URL. @param isChecked whether certificate and host name are */
export const tlsSetting = (engine: ForeignEngine, isChecked: boolean): Readonly<Record<string, string>> =>
  engine === 'postgres'
    ? { sslmode: isChecked ? 'verify-full' : 'require' }
    : { 'ssl-mode': isChecked ? 'VERIFY_IDENTITY' : 'REQUIRED' };

/** A local socket in the words of the engine's own URL; nothing where that has none. */
export const socketSetting = (engine: ForeignEngine, path: string): Readonly<Record<string, string>> =>
  engine === 'mysql' ? { socket: path } : {};

interface AddressParts {
  readonly engine: ForeignEngine;
  readonly user: string;
  readonly host: string;
  readonly port: string;
  readonly database: string;
  /** Further settings by the names that the engine's own URL has for them; empty ones are left out. */
  readonly settings?: Readonly<Record<string, string>>;
}

const schemes = { postgres: 'postgresql', mysql: 'mysql' } as const;

/** A URL of an address that a product keeps in parts. */
export function addressOf({ engine, user, host, port, database, settings = {} }: AddressParts): string {
  const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : encodeURIComponent(host);
  const given = Object.entries(settings).filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString();
  const login = user === '' ? '' : `${encodeURIComponent(user)}@`;
  const place = `${login}${name}${port === '' ? '' : `:${encodeURIComponent(port)}`}`;
  return `${schemes[engine]}://${place}/${encodeURIComponent(database)}${query === '' ? '' : `?${query}`}`;
}

/** Folders within folders as products keep them: each with its own id and that of the folder around it. */
export interface FolderTree {
  readonly byId: ReadonlyMap<string, Fields>;
  readonly nameKey: string;
  readonly parentKey: string;
}

/** Deeper ones are cut: nobody has them. */
const maxFolderDepth = 16;

export function folderTree(
  folders: readonly Fields[],
  keys: { readonly id: string; readonly name: string; readonly parent: string },
): FolderTree {
  const byId = new Map(folders.map((folder) => [textOf(folder, keys.id), folder]));
  return { byId, nameKey: keys.name, parentKey: keys.parent };
}

/** The names of a folder and of those around it, from the outermost; nothing for a folder that is not there. */
export function folderPath(id: string, { byId, nameKey, parentKey }: FolderTree): readonly string[] {
  const names: string[] = [];
  let folder = byId.get(id);
  while (folder !== undefined && names.length < maxFolderDepth) {
    names.unshift(textOf(folder, nameKey));
    folder = byId.get(textOf(folder, parentKey));
  }
  return names;
}
