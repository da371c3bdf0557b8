import type { z } from 'zod';
import { resourceFileSchema } from '../../shared/model/requests.ts';
import type { Resource } from '../../shared/model/resources.ts';
import { AppError } from '../base/AppError.ts';
import { JsonRefused, parseStrictJson } from '../base/strictJson.ts';

/** What a file of resources says of itself. */
const format = 'mooring-resources';
const version = 1;
/** Mistakes that are named at most. */
const shownMistakes = 5;

/** The text of a file of resources: for people to read and change, and without anything secret (docs/rest.md). */
export const resourceFileText = (resources: readonly Resource[]): string =>
  `${JSON.stringify({ format, version, resources }, null, 2)}\n`;

/** @throws IMPORT_INVALID, which says where the mistake is; IMPORT_TOO_NEW */
export async function readResourceFile(text: string): Promise<Resource[]> {
  const content = await parsed(text.replace(/^\ufeff/, ''));
  checkHead(content);
  const read = resourceFileSchema.safeParse(content);
  if (read.success) return read.data.resources;
  throw invalid(read.error.issues.slice(0, shownMistakes).map(mistakeText).join('\n'));
}

async function parsed(text: string): Promise<unknown> {
  try {
    return await parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    throw invalid(`It is not JSON. ${error.message}`);
  }
}

/** @throws IMPORT_INVALID, IMPORT_TOO_NEW */
function checkHead(content: unknown): void {
  const head: Record<string, unknown> = { ...(typeof content === 'object' ? content : null) };
  if (head.format !== format) throw invalid(`Its “format” should be “${format}”.`);
  if (typeof head.version !== 'number' || !Number.isInteger(head.version) || head.version < 1) {
    throw invalid('Its “version” should be a whole number.');
  }
  if (head.version <= version) return;
  throw new AppError('IMPORT_TOO_NEW', {
    title: 'This file was written by a newer version of Mooring',
    detail: `It has version ${head.version}; this version of Mooring reads version ${version}.`,
    fixes: ['Update Mooring, then open the file again.'],
  });
}

/** `resources[2].pagination.first: …`. Of values nothing is repeated. */
function mistakeText({ path, message }: z.core.$ZodIssue): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${place.replace(/^\./, '')}: ${message}`;
}

const invalid = (detail: string) =>
  new AppError('IMPORT_INVALID', {
    title: 'This is not a file of resources',
    detail,
    fixes: ['Correct the file, or choose another one.'],
  });
