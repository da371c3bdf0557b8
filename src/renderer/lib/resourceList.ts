import {
  isSameResource,
  maxResources,
  type Resource,
  type ResourceRef,
} from '../../shared/model/resources.ts';

/** Whether another resource than the one that is edited has this name. */
export const isTaken = (
  resources: readonly Resource[],
  ref: ResourceRef | null,
  { group, name }: ResourceRef,
): boolean =>
  resources.some(
    (one) => isSameResource(one, { group, name }) && (ref === null || !isSameResource(ref, one)),
  );

/**
 * The list with a resource in the place of the one that it was, or at the end. Where its name has changed, those that
 * belong to it go along.
 */
export function withResource(
  resources: readonly Resource[],
  ref: ResourceRef | null,
  resource: Resource,
): Resource[] {
  const at = ref === null ? -1 : resources.findIndex((one) => isSameResource(ref, one));
  if (ref === null || at < 0) return [...resources, resource];
  const { group, name } = resource;
  return resources.map((one, index) => {
    const next = index === at ? resource : one;
    return next.parent !== null && isSameResource(ref, next.parent)
      ? { ...next, parent: { group, name } }
      : next;
  });
}

export const withoutResource = (resources: readonly Resource[], ref: ResourceRef): Resource[] =>
  resources.filter((one) => !isSameResource(ref, one));

/** The list with others at its end. One of a name that is there already takes the place of the present one. */
export function withAdded(resources: readonly Resource[], added: readonly Resource[]): Resource[] {
  const byName = new Map(resources.map((one) => [JSON.stringify([one.group, one.name]), one]));
  for (const one of added) byName.set(JSON.stringify([one.group, one.name]), one);
  return [...byName.values()];
}

/** How many more than are possible there would be; 0 when they all fit. */
export const excessOf = (resources: readonly Resource[], added: readonly Resource[]): number =>
  Math.max(0, withAdded(resources, added).length - maxResources);
