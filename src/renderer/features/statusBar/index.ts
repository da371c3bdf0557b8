/** Door of the status bar: what is true now, and what runs. */
export { StatusBar } from './StatusBar.tsx';
