import { shell } from 'electron';

/** Shows a folder of ours in the system's file manager. Never given a path from outside. */
export async function showFolder(folder: string): Promise<void> {
  await shell.openPath(folder);
}
