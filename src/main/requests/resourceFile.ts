import { resourceFileSchema } from '../../shared/model/requests.ts';
import type { Resource } from '../../shared/model/resources.ts';
import { AppError } from '../base/AppError.ts';

/** @throws IMPORT_INVALID */
export function readResourceFile(text: string): Resource[] {
  const read = resourceFileSchema.safeParse(JSON.parse(text));
  if (read.success) return read.data.resources;
  throw new AppError('IMPORT_INVALID', { title: 'This is not a file of resources', cause: read.error });
}
