import { clipboard } from 'electron';
import type { UrlClipboard } from '../dataSources/ConnectionUrls.ts';
import type { SecretClipboard, TextClipboard } from './SecretClipboard.ts';

/** Puts text on the system's clipboard, in place of what is there. */
async function copyText(text: string): Promise<void> {
  // A promise from Electron 44 on; before that the work is done when the call returns.
  await clipboard.writeText(text);
  // Not every system takes the empty text: what was there before would be pasted instead.
  if (text === '') await clipboard.clear();
}

/** The system's clipboard as SecretClipboard needs it. Reading answers a promise from Electron 44 on too. */
export const systemClipboard: TextClipboard = {
  write: copyText,
  read: async () => await clipboard.readText(),
  clear: () => clipboard.clear(),
};

/** The system's clipboard, from which secrets are taken off again. */
export function createUrlClipboard(secrets: SecretClipboard): UrlClipboard {
  return {
    copyText,
    copySecretText: (text) => secrets.copy(text),
  };
}
