import type { BaseWindow } from 'electron';
import type { UrlClipboard } from '../connections/ConnectionUrls.ts';
import { askQuestion } from './askQuestion.ts';
import { copyText } from './clipboard.ts';
import type { SecretClipboard } from './SecretClipboard.ts';

/** The clipboard and the question that stands before it. */
export function createUrlClipboard(secrets: SecretClipboard, parent: () => BaseWindow | null): UrlClipboard {
  return {
    copyText,
    copySecretText: (text) => secrets.copy(text),
    ask: (question, signal) => askQuestion(parent(), question, signal),
  };
}
