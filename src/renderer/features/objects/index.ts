/** Door of favourite objects and of those that were opened lately. */
export { favouritesOf, isSameObject } from './createObjectsStore.ts';
export { objectsStore, useFavourite } from './objects.ts';
