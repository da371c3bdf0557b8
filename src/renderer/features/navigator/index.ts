/** Door of the navigator, the left side of the window. */
export { Navigator } from './Navigator.tsx';
