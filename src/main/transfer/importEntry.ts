import type { z } from 'zod';
import type { DataSourceFields } from '../../shared/model/dataSource.ts';
import { cleanText } from '../base/cleanText.ts';
import { type FileEntry, readableEntrySchema, sealedEntrySchema } from './exportFormat.ts';

/** A data source of a file, read and checked; nothing of it is saved yet. */
export type ImportEntry =
  | {
      readonly type: 'readable';
      /** Its id where it came from; null when the file does not say. */
      readonly id: string | null;
      readonly fields: DataSourceFields;
      /** UTF-8, to be zeroed with `eraseEntry`; null for none. */
      readonly password: Buffer | null;
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

/** Checks one data source of a file. @param isSealed whether it was inside the sealed part, where secrets may be */
export function readEntry(value: unknown, index: number, isSealed: boolean): ImportEntry {
  const parsed = isSealed ? sealedEntrySchema.safeParse(value) : readableEntrySchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.slice(0, maxProblems).map(describeIssue);
    return { type: 'unreadable', name: nameOf(value, index), problems };
  }
  const entry: FileEntry = parsed.data;
  const { id = null, fields, secrets } = entry;
  // The demo server's password is the app's own.
  const password = fields.demo ? undefined : secrets?.password;
  return {
    type: 'readable',
    id,
    fields,
    password: password === undefined ? null : Buffer.from(password, 'utf8'),
  };
}

export function eraseEntry(entry: ImportEntry): void {
  if (entry.type === 'readable') entry.password?.fill(0);
}

/** Its name as far as it can be shown, else its place in the file. */
function nameOf(value: unknown, index: number): string {
  const name = property(property(value, 'fields'), 'name');
  return (typeof name === 'string' && cleanText(name, maxShownName)) || `Data source ${index + 1}`;
}

function property(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined;
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.filter((step) => step !== 'fields').join('.');
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
