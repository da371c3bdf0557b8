import { z } from 'zod';
import {
  destinationSchema,
  pipelineFormat,
  pipelineSchema,
  pipelineSourceSchema,
  scheduleSchema,
} from '../../../shared/model/pipelines.ts';
import { AppError } from '../../base/AppError.ts';
import { JsonRefused, parseStrictJson } from '../../base/strictJson.ts';

/** What a file of a pipeline says of itself. */
const format = 'mooring-pipeline';
/** Mistakes that are named at most. */
const shownMistakes = 5;

const text = z.string().min(1).max(1_000);

/** A data source as another computer may know it, too. */
export const namedSourceSchema = z.strictObject({ name: text, engine: text, host: text });
export type NamedSource = z.infer<typeof namedSourceSchema>;

const [relationSource, querySource] = pipelineSourceSchema.options;
const [tableDestination, fileDestination] = destinationSchema.options;
const [manual, cron] = scheduleSchema.options;
const named = { dataSource: namedSourceSchema };

const contentSchema = z.strictObject({
  ...pipelineSchema.shape,
  source: z.discriminatedUnion('type', [
    relationSource.omit({ sourceId: true }).extend(named),
    querySource.omit({ sourceId: true }).extend(named),
  ]),
  destination: z.discriminatedUnion('type', [
    tableDestination.omit({ sourceId: true }).extend(named),
    fileDestination.omit({ folder: true }),
  ]),
  schedule: z.discriminatedUnion('type', [
    manual,
    cron,
    z.strictObject({ type: z.literal('after'), pipeline: text }),
  ]),
});

/** A pipeline without anything of this computer: data sources and pipelines by name, and no folder. */
export type PipelineFileContent = z.infer<typeof contentSchema>;

const fileSchema = z.strictObject({
  format: z.literal(format),
  version: z.literal(pipelineFormat),
  pipeline: contentSchema,
});

/** For people to read and change, and without anything secret (docs/pipelines.md). */
export const pipelineFileText = (pipeline: PipelineFileContent): string =>
  `${JSON.stringify({ format, version: pipelineFormat, pipeline }, null, 2)}\n`;

/** @throws IMPORT_INVALID, which says where the mistake is; IMPORT_TOO_NEW */
export async function readPipelineFile(content: string): Promise<PipelineFileContent> {
  const value = await parsed(content.replace(/^\ufeff/, ''));
  checkHead(value);
  const read = fileSchema.safeParse(value);
  if (read.success) return read.data.pipeline;
  throw invalid(read.error.issues.slice(0, shownMistakes).map(mistakeText).join('\n'));
}

async function parsed(content: string): Promise<unknown> {
  try {
    return await parseStrictJson(content);
  } catch (error) {
    if (!(error instanceof JsonRefused)) throw error;
    throw invalid(`It is not JSON. ${error.message}`);
  }
}

/** @throws IMPORT_INVALID, IMPORT_TOO_NEW */
function checkHead(value: unknown): void {
  const head: Record<string, unknown> = { ...(typeof value === 'object' ? value : null) };
  if (head.format !== format) throw invalid(`Its “format” should be “${format}”.`);
  if (typeof head.version !== 'number' || !Number.isInteger(head.version) || head.version < 1) {
    throw invalid('Its “version” should be a whole number.');
  }
  if (head.version <= pipelineFormat) return;
  throw new AppError('IMPORT_TOO_NEW', {
    title: 'This file was written by a newer version of Mooring',
    detail: `It has version ${head.version}; this version of Mooring reads version ${pipelineFormat}.`,
    fixes: ['Update Mooring, then open the file again.'],
  });
}

/** `pipeline.columns[2].cast: …`. Of values nothing is repeated. */
function mistakeText({ path, message }: z.core.$ZodIssue): string {
  const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  return `${place.replace(/^\./, '')}: ${message}`;
}

const invalid = (detail: string) =>
  new AppError('IMPORT_INVALID', {
    title: 'This is not a file of a pipeline',
    detail,
    fixes: ['Correct the file, or choose another one.'],
  });
