import type { Parameter, Resource } from '../../../../shared/model/resources.ts';
import type { DocumentOperation } from './readOperation.ts';

/**
 * Finds out what goes into the parameters that need a value. `/customers/{id}/orders` has one list for each record of
 * `/customers`, whose key goes into the path. Where nothing is found, a person has to say what it is: such a resource is
 * not chosen at first.
 */
export function linkParents(operations: readonly DocumentOperation[]): DocumentOperation[] {
  const lists = new Map(
    operations
      .filter(({ isLikely, resource }) => isLikely && openParameters(resource).length === 0)
      .map(({ resource }) => [resource.path, resource]),
  );
  return operations.map((operation) => {
    const open = openParameters(operation.resource);
    if (open.length === 0) return operation;
    const linked = linkedTo(operation.resource, open, lists);
    if (linked !== null) return { ...operation, resource: linked };
    const warning =
      open.length === 1 ? 'A parameter needs a value.' : `${open.length} parameters need values.`;
    return { ...operation, warnings: [...operation.warnings, warning].slice(0, 20), isLikely: false };
  });
}

const openParameters = ({ parameters }: Resource): Parameter[] =>
  parameters.filter(({ isRequired, value }) => isRequired && value === '');

function linkedTo(
  resource: Resource,
  [parameter, ...others]: readonly Parameter[],
  lists: ReadonlyMap<string, Resource>,
): Resource | null {
  if (parameter?.place !== 'path' || others.length > 0) return null;
  const [before = '', behind = ''] = resource.path.split(`/{${parameter.name}}`);
  const parent = behind === '' ? undefined : lists.get(before);
  const column = parent === undefined ? undefined : keyFor(parent, parameter.name);
  if (parent === undefined || column === undefined) return null;
  const value = `{{ parent.${column} }}`;
  return {
    ...resource,
    parent: { group: parent.group, name: parent.name },
    parameters: resource.parameters.map((one) => (one === parameter ? { ...one, value } : one)),
  };
}

/** The column of a parent that a path parameter stands for: `id`, or its key for `customer_id`. */
function keyFor(parent: Resource, name: string): string | undefined {
  const isColumn = (column: string): boolean =>
    /^[A-Za-z_]\w*$/.test(column) && parent.columns?.some((one) => one.name === column) === true;
  const candidates = [name, ...(/(?:_id|Id)$/.test(name) ? ['id'] : []), ...parent.primaryKey];
  return candidates.find(isColumn);
}
