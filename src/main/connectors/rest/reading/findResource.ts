import type { RestConfig } from '../../../../shared/engines/rest/config.ts';
import type { Resource } from '../../../../shared/model/resources.ts';
import type { RelationRef } from '../../../../shared/model/schemaTree.ts';
import { AppError } from '../../../base/AppError.ts';

/** @throws NOT_FOUND */
export function findResource({ resources }: RestConfig, { schema, name }: RelationRef): Resource {
  const found = resources.find((resource) => resource.group === schema && resource.name === name);
  if (found !== undefined) return found;
  throw new AppError('NOT_FOUND', {
    title: 'This resource no longer exists',
    detail: `“${name}” in “${schema}” is not among the resources of the data source.`,
  });
}
