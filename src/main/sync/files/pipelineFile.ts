import { z } from 'zod';
import {
  destinationSchema,
  pipelineFormat,
  pipelineSchema,
  pipelineSourceSchema,
  scheduleSchema,
} from '../../../shared/model/pipelines.ts';
import { documentText, readDocumentText } from '../../base/files/documentFile.ts';

/** What a file of a pipeline says of itself. */
const format = 'mooring-pipeline';

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

const kind = {
  format,
  version: pipelineFormat,
  schema: z.strictObject({
    format: z.literal(format),
    version: z.literal(pipelineFormat),
    pipeline: contentSchema,
  }),
  refusal: 'This is not a file of a pipeline',
};

/** For people to read and change, and without anything secret (docs/pipelines.md). */
export const pipelineFileText = (pipeline: PipelineFileContent): string => documentText(kind, { pipeline });

/** @throws IMPORT_INVALID, which says where the mistake is; IMPORT_TOO_NEW */
export async function readPipelineFile(content: string): Promise<PipelineFileContent> {
  return (await readDocumentText(content, kind)).pipeline;
}
