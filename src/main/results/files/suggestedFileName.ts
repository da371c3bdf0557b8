import { cleanText } from '../../base/cleanText.ts';

/** What no file system takes in a name, or takes for a folder. */
const notInNames = /[/\\:*?"<>|]+/g;

/** A name for a dialog to offer, whatever it is made of: the title of a tab, the name of a table. */
export function suggestedFileName(name: string): string {
  const cleaned = cleanText(name, 120)
    .replace(notInNames, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  return cleaned === '' ? 'result' : cleaned;
}
