import type { WebContents } from 'electron';
import type { Logger } from '../observability/Logger.ts';

/**
 * What a page can be made to do by what it shows, and never may: go elsewhere, open windows, embed other pages.
 * @param devServerOrigin hot reload loads the page again by itself; null refuses that too
 */
export function lockContents(contents: WebContents, devServerOrigin: string | null, logger: Logger): void {
  const refuse = (kind: string) => (event: { readonly url?: string; preventDefault(): void }) => {
    if (devServerOrigin !== null && event.url?.startsWith(`${devServerOrigin}/`)) return;
    event.preventDefault();
    logger.warn('Refused to leave the page', { kind });
  };
  contents.on('will-navigate', refuse('navigation'));
  contents.on('will-frame-navigate', refuse('frame navigation'));
  contents.on('will-redirect', refuse('redirect'));
  contents.on('will-attach-webview', refuse('webview'));
  contents.setWindowOpenHandler(() => {
    logger.warn('Refused to leave the page', { kind: 'new window' });
    return { action: 'deny' };
  });
}
