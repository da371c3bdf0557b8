import { vocabulary } from '../text/vocabulary.ts';
import { call } from './api.ts';
import { errorDtoOf } from './errorText.ts';
import { notifyDone, notifyError } from './notify.tsx';

/** Puts text on the clipboard through main, and says how it went. */
export function copyText(text: string, onCopied = () => notifyDone(vocabulary.copied)): void {
  call('app.copyText', { text }).then(
    () => onCopied(),
    (error: unknown) => notifyError(errorDtoOf(error)),
  );
}
