import { clipboard } from 'electron';

/** Puts text on the system's clipboard. */
export async function copyText(text: string): Promise<void> {
  // A promise from Electron 44 on; before that the work is done when the call returns.
  await clipboard.writeText(text);
}
