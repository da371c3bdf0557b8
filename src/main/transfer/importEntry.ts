import type { z } from 'zod';
import type { DataSourceFields, SecretFieldName } from '../../shared/model/dataSource.ts';
import { fieldsOfFlat } from '../../shared/model/flatFields.ts';
import { cleanText } from '../base/cleanText.ts';
import { type FileEntry, readableEntrySchema, sealedEntrySchema } from './exportFormat.ts';

/** A data source of a file, read and checked; nothing of it is saved yet. */
export type ImportEntry =
  | {
      readonly type: 'readable';
      /** Its id where it came from; null when the file does not say. */
      readonly id: string | null;
      /** The folder that it stood in where it came from; null for none. */
      readonly folder: string | null;
      readonly fields: DataSourceFields;
      /** By field, UTF-8, to be zeroed with `eraseEntry`. */
      readonly secrets: ReadonlyMap<SecretFieldName, Buffer>;
      /** What could not be carried over, and what a person should look at, as sentences. */
      readonly notes: readonly string[];
    }
  | {
      readonly type: 'unreadable';
      readonly name: string;
      /** Why, for people; repeats no value of the file. */
      readonly problems: readonly string[];
    };

/** The length of a name in preview and report, in UTF-16 units: one of 128 characters may have up to 256. */
export const maxShownName = 200;
const maxProblems = 20;
const maxProblemLength = 200;
/** Field names that are safe to repeat. */
const plainFieldName = /^[A-Za-z][\w-]{0,39}$/;

/** What is known of the file that an entry is in. */
export interface EntryOrigin {
  readonly version: number;
  /** Whether it was inside the sealed part, where secrets may be. */
  readonly isSealed: boolean;
}

/** Checks one data source of a file. */
export function readEntry(value: unknown, index: number, { version, isSealed }: EntryOrigin): ImportEntry {
  const current = version === 1 ? entryOfFlat(value) : value;
  const parsed = isSealed ? sealedEntrySchema.safeParse(current) : readableEntrySchema.safeParse(current);
  if (!parsed.success) {
    return { type: 'unreadable', name: nameOf(value, index), problems: problemsOf(parsed.error) };
  }
  const entry: FileEntry = parsed.data;
  const { id = null, fields, secrets = {} } = entry;
  // The demo server's password is the app's own.
  const own = fields.origin === 'demo' ? [] : Object.entries(secrets);
  const bytes = own.map(([field, secret]) => [field, Buffer.from(secret, 'utf8')] as const);
  return { type: 'readable', id, folder: null, fields, secrets: new Map(bytes), notes: [] };
}

/** An entry of version 1 in today's shape, as far as it is one. */
function entryOfFlat(value: unknown): unknown {
  const flat = property(value, 'fields');
  if (!isObject(value) || !isObject(flat)) return value;
  return { ...value, fields: fieldsOfFlat({ ...flat }) };
}

export function eraseEntry(entry: ImportEntry): void {
  if (entry.type === 'readable') for (const secret of entry.secrets.values()) secret.fill(0);
}

/** What is wrong with the fields of a data source, for people; repeats no value of the file. */
export const problemsOf = ({ issues }: z.ZodError): string[] =>
  issues.slice(0, maxProblems).map(describeIssue);

/** Its name as far as it can be shown, else its place in the file. */
function nameOf(value: unknown, index: number): string {
  const name = property(property(value, 'fields'), 'name');
  return (typeof name === 'string' && cleanText(name, maxShownName)) || `Data source ${index + 1}`;
}

function property(value: unknown, key: string): unknown {
  return isObject(value) ? new Map(Object.entries(value)).get(key) : undefined;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Where people look for a setting: its place in the file without what it is wrapped in. */
const wrappings = new Set<PropertyKey>(['fields', 'engine', 'config']);

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.filter((step) => !wrappings.has(step)).join('.');
  const problem = describeProblem(issue, place);
  return (place === '' ? problem : `${place}: ${problem}`).slice(0, maxProblemLength);
}

/** Zod's own messages name types and limits, and never repeat a value; only unknown keys come from the file. */
function describeProblem(issue: z.core.$ZodIssue, place: string): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((key) => (plainFieldName.test(key) ? `“${key}”` : '(no plain name)'));
    return `this version of Mooring does not know ${names.slice(0, 3).join(', ')}`;
  }
  if (place === 'kind') return 'this version of Mooring does not know this kind of database';
  return issue.message;
}
