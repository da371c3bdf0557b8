import type { ApiDocument } from '../../../shared/model/requests.ts';

/** Operations in which every word of the filter occurs: in name, group, method, path or description. */
export function matchingOperations<Operation extends ApiDocument['operations'][number]>(
  operations: readonly Operation[],
  filter: string,
): readonly Operation[] {
  const wanted = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return operations;
  return operations.filter(({ resource: { name, group, method, path, description } }) => {
    const text = `${name}\n${group}\n${method}\n${path}\n${description}`.toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
