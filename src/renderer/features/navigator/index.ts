/** Door of the navigator, the left side of the window. */
export { placeInFolders } from './arrangeActions.ts';
export { Navigator } from './Navigator.tsx';
