import type { z } from 'zod';
import { AppError } from '../AppError.ts';
import { JsonRefused, parseStrictJson } from '../strictJson.ts';

/** Mistakes that are named at most. */
const shownMistakes = 5;

/** A kind of JSON file that people may read and change. */
interface DocumentFormat<Content> {
  /** What a file of this kind says of itself. */
  readonly format: string;
  /** The newest one that is read, from 1. */
  readonly version: number;
  /** Of the whole file, `format` and `version` included. */
  readonly schema: z.ZodType<Content>;
  /** The title of the error for a file that is of no use, such as "This is not a file of resources". */
  readonly refusal: string;
}

/** The text of a file of this kind. @param content all but `format` and `version`, with which it begins */
export const documentText = (
  { format, version }: Pick<DocumentFormat<unknown>, 'format' | 'version'>,
  content: object,
): string => `${JSON.stringify({ format, version, ...content }, null, 2)}\n`;

/** @throws IMPORT_INVALID, which says where the mistake is; IMPORT_TOO_NEW */
export async function readDocumentText<Content>(
  text: string,
  kind: DocumentFormat<Content>,
): Promise<Content> {
  const value = await parsed(text.replace(/^\ufeff/, ''), kind.refusal);
  checkHead(value, kind);
  const read = kind.schema.safeParse(value);
  if (read.success) return read.data;
  throw invalid(kind.refusal, read.error.issues.slice(0, shownMistakes).map(mistakeText).join('\n'));
}

async function parsed(text: string, refusal: string): Promise<unknown> {
  try {
    return await parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    throw invalid(refusal, `It is not JSON. ${error.message}`);
  }
}

/** @throws IMPORT_INVALID, IMPORT_TOO_NEW */
function checkHead(value: unknown, { format, version, refusal }: DocumentFormat<unknown>): void {
  const head: Record<string, unknown> = { ...(typeof value === 'object' ? value : null) };
  if (head.format !== format) throw invalid(refusal, `Its “format” should be “${format}”.`);
  if (typeof head.version !== 'number' || !Number.isInteger(head.version) || head.version < 1) {
    throw invalid(refusal, 'Its “version” should be a whole number.');
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

const invalid = (title: string, detail: string) =>
  new AppError('IMPORT_INVALID', {
    title,
    detail,
    fixes: ['Correct the file, or choose another one.'],
  });
