import { maxResources, type Resource } from '../../shared/model/resources.ts';

type Ref = Pick<Resource, 'group' | 'name'>;

const isSame = (one: Ref | null, other: Ref): boolean =>
  one?.group === other.group && one.name === other.name;

/** Whether another resource than the one that is edited has this name. */
export const isTaken = (resources: readonly Resource[], ref: Ref | null, { group, name }: Ref): boolean =>
  resources.some((one) => isSame(one, { group, name }) && (ref === null || !isSame(ref, one)));

/**
 * The list with a resource in the place of the one that it was, or at the end. Where its name has changed, those that
 * belong to it go along.
 */
export function withResource(
  resources: readonly Resource[],
  ref: Ref | null,
  resource: Resource,
): Resource[] {
  const at = ref === null ? -1 : resources.findIndex((one) => isSame(ref, one));
  if (ref === null || at < 0) return [...resources, resource];
  const { group, name } = resource;
  return resources.map((one, index) => {
    const next = index === at ? resource : one;
    return next.parent !== null && isSame(ref, next.parent) ? { ...next, parent: { group, name } } : next;
  });
}

export const withoutResource = (resources: readonly Resource[], ref: Ref): Resource[] =>
  resources.filter((one) => !isSame(ref, one));

/** The list with others at its end. One of a name that is there already takes the place of the present one. */
export function withAdded(resources: readonly Resource[], added: readonly Resource[]): Resource[] {
  const byName = new Map(resources.map((one) => [JSON.stringify([one.group, one.name]), one]));
  for (const one of added) byName.set(JSON.stringify([one.group, one.name]), one);
  return [...byName.values()];
}

/** How many more than are possible there would be; 0 when they all fit. */
export const excessOf = (resources: readonly Resource[], added: readonly Resource[]): number =>
  Math.max(0, withAdded(resources, added).length - maxResources);
