import type { Session } from 'electron';
import type { Logger } from '../observability/Logger.ts';
import { bundleScheme } from './appOrigin.ts';
import { devContentSecurityPolicy } from './contentSecurityPolicy.ts';

export interface SessionLockOptions {
  readonly devServerOrigin: string | null;
  readonly isPackaged: boolean;
  readonly logger: Logger;
}

/** Refuses every permission, device, download and network request of the pages of a session. */
export function lockSession(session: Session, options: SessionLockOptions): void {
  // Electron grants all of these unless told otherwise.
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  // The spell checker would fetch its dictionaries from the network.
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => {
    event.preventDefault();
    options.logger.warn('Refused a download');
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const isAllowed = isAllowedRequest(details.url, options);
    if (!isAllowed) options.logger.warn('Refused a network request', { kind: details.resourceType });
    answer({ cancel: !isAllowed });
  });
  if (options.devServerOrigin !== null) addDevPolicy(session, options.devServerOrigin);
}

/**
 * Whether a page may load this: our own files and images in the text of a page; while developing also the
 * development server and Chromium's developer tools.
 */
export function isAllowedRequest(
  url: string,
  options: Pick<SessionLockOptions, 'devServerOrigin' | 'isPackaged'>,
): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, origin } = new URL(url);
  if (protocol === `${bundleScheme}:` || protocol === 'data:') return true;
  if (options.isPackaged) return false;
  if (protocol === 'devtools:') return true;
  return options.devServerOrigin !== null && origin.replace(/^ws/, 'http') === options.devServerOrigin;
}

function addDevPolicy(session: Session, devServerOrigin: string): void {
  const policy = devContentSecurityPolicy(devServerOrigin);
  session.webRequest.onHeadersReceived((details, answer) =>
    answer({ responseHeaders: { ...details.responseHeaders, 'Content-Security-Policy': [policy] } }),
  );
}
