import { shell } from 'electron';

/**
 * Shows a file of ours in the system's file manager. Never given a path from outside. `shell.openPath` of its folder
 * would wait for the file manager on Linux, and the whole app with it.
 */
export function showInFolder(path: string): void {
  shell.showItemInFolder(path);
}
