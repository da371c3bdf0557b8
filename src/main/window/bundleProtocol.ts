import { protocol, type Session } from 'electron';
import { bundleScheme } from './appOrigin.ts';
import { listBundleFiles } from './bundleFiles.ts';
import { bundleResponse } from './bundleResponse.ts';

/**
 * Makes `app:` a proper, secure scheme with origins. Without `corsEnabled`, other origins cannot read from it. Must be
 * called before the app is ready.
 */
export function registerBundleScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: bundleScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built page from `folder` under `app://bundle/`. */
export function serveBundle(session: Session, folder: string): void {
  const files = listBundleFiles(folder);
  session.protocol.handle(bundleScheme, (request) => bundleResponse(request, files));
}
