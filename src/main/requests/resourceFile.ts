import { resourceFileSchema } from '../../shared/model/requests.ts';
import type { Resource } from '../../shared/model/resources.ts';
import { documentText, readDocumentText } from '../base/files/documentFile.ts';

const kind = {
  format: 'mooring-resources',
  version: 1,
  schema: resourceFileSchema,
  refusal: 'This is not a file of resources',
};

/** The text of a file of resources: for people to read and change, and without anything secret (docs/rest.md). */
export const resourceFileText = (resources: readonly Resource[]): string => documentText(kind, { resources });

/** @throws IMPORT_INVALID, which says where the mistake is; IMPORT_TOO_NEW */
export async function readResourceFile(text: string): Promise<Resource[]> {
  return (await readDocumentText(text, kind)).resources;
}
