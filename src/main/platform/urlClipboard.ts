import type { UrlClipboard } from '../dataSources/ConnectionUrls.ts';
import { copyText } from './clipboard.ts';
import type { SecretClipboard } from './SecretClipboard.ts';

/** The system's clipboard, from which secrets are taken off again. */
export function createUrlClipboard(secrets: SecretClipboard): UrlClipboard {
  return {
    copyText,
    copySecretText: (text) => secrets.copy(text),
  };
}
