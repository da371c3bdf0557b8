/** The scheme and host of our own page; nothing else is ever loaded. */
export const bundleScheme = 'app';
export const bundleHost = 'bundle';
const bundleOrigin = `${bundleScheme}://${bundleHost}`;

/** Where the page comes from. */
export interface PageSource {
  readonly url: string;
  /** As Chromium reports it for the frame. */
  readonly origin: string;
  /** Origin of electron-vite's development server, whose page brings its own scripts; null for the built page. */
  readonly devServerOrigin: string | null;
}

/** The built page, or the development server's; a packaged app never listens to its environment. */
export function pageSource(isPackaged: boolean, rendererUrl: string | undefined): PageSource {
  if (isPackaged || rendererUrl === undefined || rendererUrl === '') {
    return { url: `${bundleOrigin}/index.html`, origin: bundleOrigin, devServerOrigin: null };
  }
  const { href, origin } = new URL(rendererUrl);
  return { url: href, origin, devServerOrigin: origin };
}
