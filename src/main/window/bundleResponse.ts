import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { bundleHost, bundleScheme } from './appOrigin.ts';
import type { BundleFile } from './bundleFiles.ts';
import { contentSecurityPolicy, permissionsPolicy } from './contentSecurityPolicy.ts';

/** Stands in `index.html` where the nonce of the load goes. */
const noncePlaceholder = '__CSP_NONCE__';

const commonHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
};

/** Answers a request for a part of our own page from the fixed list of its files; everything else is 404 or 405. */
export async function bundleResponse(
  request: { readonly url: string; readonly method: string },
  files: ReadonlyMap<string, BundleFile>,
): Promise<Response> {
  if (request.method !== 'GET') return refusal(405);
  const url = new URL(request.url);
  const isOurs = url.protocol === `${bundleScheme}:` && url.host === bundleHost;
  const file = isOurs ? files.get(url.pathname) : undefined;
  if (file === undefined) return refusal(404);
  return file.contentType.startsWith('text/html') ? documentResponse(file) : assetResponse(file);
}

async function assetResponse(file: BundleFile): Promise<Response> {
  const content = await readFile(file.path);
  return new Response(content, { headers: { ...commonHeaders, 'Content-Type': file.contentType } });
}

async function documentResponse(file: BundleFile): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const html = await readFile(file.path, 'utf8');
  return new Response(html.replaceAll(noncePlaceholder, nonce), {
    headers: {
      ...commonHeaders,
      'Content-Type': file.contentType,
      'Content-Security-Policy': contentSecurityPolicy(nonce),
      'Permissions-Policy': permissionsPolicy,
      'Cross-Origin-Opener-Policy': 'same-origin',
      // A document kept from an earlier load would carry a nonce that its header no longer names.
      'Cache-Control': 'no-store',
    },
  });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: commonHeaders });
}
